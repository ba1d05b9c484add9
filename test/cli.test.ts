import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseCall} from '../source/cli.ts';
import type {Options} from '../source/command-lines/call.ts';

const plain: Options = {isOnce: false, isJson: false, isReadOnly: false, isTrusting: false};
const call = (line: string) => parseCall(line === '' ? [] : line.split(' '), '1.2.3');

suite('a command line that runs', () => {
	const cases: readonly (readonly [line: string, options: Partial<Options>])[] = [
		['', {}],
		['-H unix:///x.sock', {host: 'unix:///x.sock'}],
		['--host tcp://h:2375', {host: 'tcp://h:2375'}],
		['--host=tcp://h:2375', {host: 'tcp://h:2375'}],
		['-H=tcp://h:2375', {host: 'tcp://h:2375'}],
		['-H tcp://a:1 -H tcp://b:2', {host: 'tcp://b:2'}],
		['-H tcp://a:1 --host tcp://b:2', {host: 'tcp://b:2'}],
		['--host 2375', {host: '2375'}],
		['-c prod', {context: 'prod'}],
		['--context prod', {context: 'prod'}],
		['--context=prod', {context: 'prod'}],
		['--once', {isOnce: true}],
		['--json', {isOnce: true, isJson: true}],
		['--once --json', {isOnce: true, isJson: true}],
		['--read-only', {isReadOnly: true}],
		['--yes', {isTrusting: true}],
		['--transfers 8', {transferLimit: 8}],
		['--log-lines 2000 --log-bytes=64m', {logLines: 2000, logBytes: 64 * 1024 ** 2}],
		['--demo', {demo: 'always'}],
		['--or-demo', {demo: 'fallback'}],
		['--or-demo -H tcp://a:1', {demo: 'fallback', host: 'tcp://a:1'}],
		[
			'--json -H unix:///x.sock --read-only',
			{host: 'unix:///x.sock', isOnce: true, isJson: true, isReadOnly: true},
		],
		['--once --once', {isOnce: true}],
	];
	for (const [line, options] of cases) {
		test(`gantry ${line}`, () => {
			assert.deepEqual(call(line), {kind: 'run', options: {...plain, ...options}});
		});
	}
});

suite('a command line that is wrong', () => {
	const cases: readonly (readonly [argv: readonly string[], problem: string])[] = [
		[['-H'], '-H needs a value'],
		[['--host'], '--host needs a value'],
		[['--transfers', '0'], '--transfers is a number from 1 to 16'],
		[['--transfers', '17'], '--transfers is a number from 1 to 16'],
		[['--log-lines', '5'], '--log-lines is a number of lines from 100 on'],
		[['--log-lines', 'many'], '--log-lines is a number of lines from 100 on'],
		[['--log-bytes', '5k'], '--log-bytes is a size from 1m on, such as 64m'],
		[['-c'], '-c needs a value'],
		[['--context'], '--context needs a value'],
		[['-H', ''], '-H needs a value'],
		[['--host', '--once'], '--host needs a value'],
		[['-H', '-c', 'prod'], '-H needs a value'],
		[['--host='], '--host needs a value'],
		[['--context='], '--context needs a value'],
		[['-H', 'tcp://a:1', '-H'], '-H needs a value'],
		[['-H', 'tcp://a:1', '-c', 'prod'], '--host and --context exclude each other'],
		[['--hots', 'x'], 'unknown option --hots'],
		[['--hots=x'], 'unknown option --hots'],
		[['--demo', '-H', 'tcp://a:1'], '--demo and --host exclude each other'],
		[['-c', 'prod', '--demo'], '--demo and --context exclude each other'],
		[['-x'], 'unknown option -x'],
		[['--read-onyl'], 'unknown option --read-onyl'],
		[['ps'], 'unknown command "ps"'],
		[['--once', 'ps'], 'unknown command "ps"'],
		[['help'], 'unknown command "help"'],
		[['--', 'ps'], 'unknown option --'],
		[['tcp://a:1'], 'unknown command "tcp://a:1"'],
		[[''], 'unknown command ""'],
		[['-Htcp://a:1'], 'unknown option -Htcp://a:1'],
		[['--HOST', 'x'], 'unknown option --HOST'],
		[['-h=1'], '-h takes no value'],
		[['--json=false'], '--json takes no value'],
		[['--no-once'], 'unknown option --no-once'],
	];
	for (const [argv, problem] of cases) {
		test(`gantry ${argv.join(' ')}: ${problem}`, () => {
			const text = `gantry: ${problem}. Try gantry --help.`;
			assert.deepEqual(parseCall(argv, '1.2.3'), {kind: 'print', text, exitCode: 2});
		});
	}
});

suite('a command line that asks about Gantry', () => {
	for (const line of ['--version', '-v', '--version --once']) {
		test(`gantry ${line}`, () => {
			assert.deepEqual(call(line), {kind: 'print', text: 'gantry 1.2.3', exitCode: 0});
		});
	}

	for (const line of ['--help', '-h', '--help --version']) {
		test(`gantry ${line} names every option and exit code`, () => {
			const answer = call(line);
			assert.ok(answer.kind === 'print' && answer.exitCode === 0);
			for (const option of [
				'--host',
				'-H',
				'--context',
				'-c',
				'--read-only',
				'--once',
				'--json',
				'--version',
				'--help',
			])
				assert.ok(answer.text.includes(option), option);
			assert.match(answer.text, /Exit codes: 0 .*1 .*2 /);
		});
	}
});
