import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type Target, TargetError, targetOf} from '../../source/layers-command/target.ts';

const there: Readonly<Record<string, 'file' | 'directory'>> = {
	alpine: 'directory',
	'saved.tar': 'file',
	'./alpine': 'directory',
	'team/app': 'directory',
	'/srv/x': 'file',
	'/srv/a:b': 'directory',
	layout: 'directory',
	'.': 'directory',
};
const find = (text: string) => targetOf(text, path => there[path]);

suite('what gantry layers is asked about', () => {
	const cases: readonly (readonly [text: string, target: Target])[] = [
		['nginx:1.27', {kind: 'image', reference: 'nginx:1.27'}],
		['docker:27', {kind: 'image', reference: 'docker:27'}],
		['oci:27', {kind: 'image', reference: 'oci:27'}],
		['reg.example.com:5000/a/b@sha256:x', {kind: 'image', reference: 'reg.example.com:5000/a/b@sha256:x'}],
		['0123abcd', {kind: 'image', reference: '0123abcd'}],
		// Both: the image wins, unless there is a slash or the ending of an archive.
		['alpine', {kind: 'either', reference: 'alpine', path: {kind: 'layout', path: 'alpine'}}],
		['./alpine', {kind: 'layout', path: './alpine'}],
		['team/app', {kind: 'layout', path: 'team/app'}],
		['saved.tar', {kind: 'archive', path: 'saved.tar'}],
		['/srv/x', {kind: 'archive', path: '/srv/x'}],
		['.', {kind: 'layout', path: '.'}],
		['docker-archive:saved.tar', {kind: 'archive', path: 'saved.tar'}],
		['docker-archive:/srv/x:app:2', {kind: 'archive', path: '/srv/x', reference: 'app:2'}],
		['oci:layout', {kind: 'layout', path: 'layout'}],
		['oci:layout:latest', {kind: 'layout', path: 'layout', reference: 'latest'}],
		['oci-archive:/srv/x', {kind: 'archive', path: '/srv/x'}],
		['oci:/srv/a:b', {kind: 'layout', path: '/srv/a:b'}],
	];
	for (const [text, target] of cases)
		test(text, () => {
			assert.deepEqual(find(text), target);
		});

	for (const [text, named] of [
		['./none', './none'],
		['/srv/none', '/srv/none'],
		['none.tar', 'none.tar'],
		['none.tar.gz', 'none.tar.gz'],
		['docker-archive:none', 'none'],
		['oci:./none:1', './none:1'],
	] as const)
		test(`${text} is not there`, () => {
			assert.throws(() => find(text), new TargetError(`${named}: there is no such file or directory`));
		});
});
