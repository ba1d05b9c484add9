import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseCall} from '../../source/cli.ts';

const call = (...argv: readonly string[]) => parseCall(argv, '1.2.3');
const refused = (exitCode: number, ...argv: readonly string[]): string => {
	const answer = call(...argv);
	assert.equal(answer.kind, 'print');
	assert.equal(answer.kind === 'print' && answer.exitCode, exitCode);
	return answer.kind === 'print' ? answer.text : '';
};

suite('gantry login', () => {
	test('means Docker Hub where no registry is named, and takes a URL for its host', () => {
		const options = {isFromStdin: false, isJson: false};
		assert.deepEqual(call('login'), {kind: 'login', options: {...options, registry: 'docker.io'}});
		assert.deepEqual(call('login', 'https://index.docker.io/v1/'), call('login'));
		assert.deepEqual(call('login', 'https://r.example.com:5000/v2/', '-H', 'tcp://h:1', '-u', 'me'), {
			kind: 'login',
			options: {...options, host: 'tcp://h:1', registry: 'r.example.com:5000', username: 'me'},
		});
		assert.deepEqual(call('login', '--username=me', '--password-stdin', '--json', '[::1]:5000'), {
			kind: 'login',
			options: {isFromStdin: true, isJson: true, registry: '[::1]:5000', username: 'me'},
		});
	});

	test('takes no password as an argument, and does not repeat it', () => {
		for (const argv of [
			['-p', 'hunter2'],
			['--password', 'hunter2'],
			['--password=hunter2', '-u', 'me'],
		]) {
			const text = refused(1, 'login', ...argv);
			assert.match(text, /--password-stdin/);
			assert.doesNotMatch(text, /hunter2/);
		}
	});

	test('names what is wrong', () => {
		assert.match(refused(1, 'login', '--password-stdin'), /--password-stdin needs --username/);
		assert.match(refused(1, 'login', 'noregistry'), /"noregistry": a registry is host or host:port/);
		assert.match(refused(125, 'login', '--nope'), /unknown option --nope/);
		assert.match(refused(1, 'login', 'a.b', 'c.d'), /"c.d" is one too many/);
	});
});

suite('gantry logout', () => {
	test('needs no engine', () => {
		assert.deepEqual(call('logout'), {kind: 'logout', options: {registry: 'docker.io', isJson: false}});
		assert.deepEqual(call('logout', 'localhost:5000', '--json'), {
			kind: 'logout',
			options: {registry: 'localhost:5000', isJson: true},
		});
		assert.match(refused(125, 'logout', '-H', 'tcp://h:1'), /unknown option -H/);
		assert.match(refused(1, 'logout', 'a b'), /a registry is host/);
	});
});
