import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseCall} from '../../source/cli.ts';

const call = (...argv: readonly string[]) => parseCall(argv, '1.2.3');
const digest = `sha256:${'a'.repeat(64)}`;

suite('commands about registries', () => {
	for (const [argv, pulls, more] of [
		[['nginx'], [{reference: 'nginx:latest', choice: {}}], {}],
		[
			['a/b:1', `r.example.com:5000/c@${digest}`],
			[
				{reference: 'a/b:1', choice: {}},
				{reference: `r.example.com:5000/c@${digest}`, choice: {}},
			],
			{},
		],
		[['-a', 'a/b'], [{reference: 'a/b', choice: {isAllTags: true}}], {}],
		[
			['--platform', 'linux/ARM64', 'a', '--json'],
			[{reference: 'a:latest', choice: {platform: 'linux/arm64'}}],
			{telling: 'json'},
		],
		[
			['-q', '-H', 'tcp://a:1', 'a'],
			[{reference: 'a:latest', choice: {}}],
			{telling: 'quiet', host: 'tcp://a:1'},
		],
	] as const)
		test(`pull ${argv.join(' ')}`, () => {
			assert.deepEqual(call('pull', ...argv), {kind: 'pull', options: {telling: 'text', ...more, pulls}});
		});

	for (const [argv, options] of [
		[['r.example.com/a'], {references: ['r.example.com/a:latest'], isAllTags: false}],
		[['a:1', 'b:2'], {references: ['a:1', 'b:2'], isAllTags: false}],
		[['--all-tags', 'a/b'], {references: ['a/b'], isAllTags: true}],
	] as const)
		test(`push ${argv.join(' ')}`, () => {
			assert.deepEqual(call('push', ...argv), {kind: 'push', options: {telling: 'text', ...options}});
		});

	test('search and tags', () => {
		const all = {limit: 25, minStars: 0, isOfficialOnly: false, isWhole: false, isJson: false, term: 'redis'};
		assert.deepEqual(call('search', 'redis'), {kind: 'search', options: all});
		assert.deepEqual(
			call('search', '--limit=5', '--stars', '10', '--official', '--no-trunc', '--json', 'redis'),
			{
				kind: 'search',
				options: {...all, limit: 5, minStars: 10, isOfficialOnly: true, isWhole: true, isJson: true},
			},
		);
		assert.deepEqual(call('tags', 'r.example.com/a', '--digests'), {
			kind: 'tags',
			options: {repository: 'r.example.com/a', hasDigests: true, isJson: false},
		});
	});

	for (const [argv, exitCode, problem] of [
		[['pull'], 1, 'the name of an image is missing'],
		[['pull', '--foo', 'a'], 125, 'unknown option --foo'],
		[['pull', 'No/Capitals'], 1, 'lower case throughout'],
		[['pull', '-a', 'a:1'], 1, 'by the repository alone'],
		[['pull', '-q', '--json', 'a'], 1, '--quiet and --json exclude each other'],
		[['push'], 1, 'the name of an image is missing'],
		[['push', `a@${digest}`], 1, 'a tag is pushed, not a digest'],
		[['push', '-a', 'a:1'], 1, 'all tags are meant by the repository alone'],
		[['search', 'a', 'b'], 1, '"b" is one too many'],
		[['search', '--limit', '101', 'a'], 1, '--limit is a number from 1 to 100'],
		[['tags', 'a:1'], 1, 'a repository is named without a tag'],
		[['tags', 'a', '--digests=1'], 125, '--digests takes no value'],
		// Those that are not docker's keep their own code.
		[['import'], 2, 'is missing'],
	] as const)
		test(`refuses ${argv.join(' ')}`, () => {
			const answer = call(...argv);
			assert.equal(answer.kind, 'print');
			assert.ok(answer.kind === 'print' && answer.text.includes(problem), JSON.stringify(answer));
			assert.ok(answer.kind === 'print' && answer.exitCode === exitCode, JSON.stringify(answer));
		});

	for (const command of ['pull', 'push', 'search', 'tags'])
		test(`${command} --help`, () => {
			const answer = call(command, '--help');
			assert.ok(
				answer.kind === 'print' && answer.exitCode === 0 && answer.text.includes(`gantry ${command}`),
			);
		});
});
