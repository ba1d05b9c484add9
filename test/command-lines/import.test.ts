import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseCall} from '../../source/cli.ts';

const call = (...argv: readonly string[]) => parseCall(['import', ...argv], '1.2.3');
const plain = {kind: 'import', path: '-', reference: '', changes: [], message: ''} as const;

suite('gantry import', () => {
	for (const [argv, task, engine] of [
		[['-'], {}, {}],
		[['root.tar', 'base:1'], {path: 'root.tar', reference: 'base:1'}, {}],
		[['-H', 'tcp://a:1', '-', 'base'], {reference: 'base'}, {host: 'tcp://a:1'}],
		[['-', '--context=prod', '-m', 'from a pipe'], {message: 'from a pipe'}, {context: 'prod'}],
		[
			['--change', 'CMD ["sh", "-c", "a, b"]', '-', '--change=ENV A=b; EXPOSE 80'],
			{changes: ['CMD ["sh", "-c", "a, b"]', 'ENV A=b', 'EXPOSE 80']},
			{},
		],
		[['-', '--platform', 'Linux/arm64'], {platform: 'linux/arm64'}, {}],
	] as const)
		test(argv.join(' '), () => {
			assert.deepEqual(call(...argv), {kind: 'import', options: {...engine, task: {...plain, ...task}}});
		});

	test('stands behind the options of the engine, too', () => {
		const {kind} = parseCall(['-H', 'tcp://a:1', 'import', '-'], '1.2.3');
		assert.equal(kind, 'import');
	});

	for (const [argv, problem] of [
		[[], 'a tar file, or - for stdin, is missing'],
		[['-', 'a', 'b'], '"b" is one too many'],
		[['-', 'No/Capitals'], 'lower case throughout'],
		[['-', `a@sha256:${'a'.repeat(64)}`], 'a digest is computed, not given'],
		[['-', '--change', 'FROM x'], '--change "FROM x": a change begins with'],
		[['-', '--change', 'EXPOSE 0'], '"0": a port is 1 to 65535'],
		[['-', '--change'], '--change needs a value'],
		[['-', '--platform', 'a b'], 'a platform is os'],
		[['-', '-H', 'x', '-c', 'y'], '--host and --context exclude each other'],
		[['-', '--quiet'], 'unknown option --quiet'],
	] as const)
		test(`${argv.join(' ')} is wrong`, () => {
			const answer = call(...argv);
			assert.ok(answer.kind === 'print' && answer.exitCode === 2);
			assert.ok(answer.text.includes(problem), answer.text);
			assert.match(answer.text, /Try gantry import --help\.$/);
		});

	test('helps', () => {
		const answer = call('--help');
		assert.ok(answer.kind === 'print' && answer.text.includes('gantry import FILE|-'));
	});
});
