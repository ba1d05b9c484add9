import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {runProgram} from '../../source/demo/shell/shell.ts';
import type {ShellState} from '../../source/demo/shell/shell-host.ts';

const host = {
	hostname: 'box',
	address: '172.17.0.2',
	user: 'root',
	processes: ['nginx', 'nginx: worker'],
	now: () => 0,
};

/** Runs a script to its end, or through `limit` effects. */
const run = (script: string, limit = 100) => {
	const shell: ShellState = {
		host,
		environment: new Map([['A', 'x y']]),
		isInteractive: false,
		folder: '/',
		lastCode: 0,
	};
	const running = runProgram(['sh', '-c', script], shell);
	let [output, errors, slept] = ['', '', 0];
	for (let count = 0; count < limit; count += 1) {
		const step = running.next(undefined);
		if (step.done === true) return {output, errors, slept, code: step.value};
		const effect = step.value;
		if (effect.kind === 'sleep') slept += effect.delayMs;
		else if (effect.kind === 'write' && effect.stream === 'stdout') output += effect.text;
		else if (effect.kind === 'write') errors += effect.text;
	}
	return {output, errors, slept, code: undefined};
};

describe('the little shell', () => {
	for (const [script, output, code] of [
		['echo one two', 'one two\n', 0],
		['echo -n one', 'one', 0],
		['echo \'$A\' "$A" $A. $NONE.', '$A x y x y. .\n', 0],
		['echo a\\ b', 'a b\n', 0],
		['false; echo $?', '1\n', 0],
		['false && echo no; true || echo no', '', 0],
		['false || echo yes && echo too', 'yes\ntoo\n', 0],
		['B=2; echo $B; exit 3; echo no', '2\n', 3],
		['cd /etc && pwd && cat hostname', '/etc\nbox\n', 0],
		['cd /nowhere', '', 2],
		['nosuch 2>/dev/null; echo done', 'done\n', 0],
		['whoami # who', 'root\n', 0],
		['sh -c "echo inner; exit 5"', 'inner\n', 5],
		['exec echo replaced', 'replaced\n', 0],
	] as const)
		test(script, () => {
			assert.deepEqual([run(script).output, run(script).code], [output, code]);
		});

	test('says what it does not know', () => {
		assert.deepEqual([run('nosuch').errors, run('nosuch').code], ['sh: nosuch: not found\n', 127]);
		assert.match(run('cat /nope').errors, /can't open '\/nope'/);
		assert.match(run('ls /nope').errors, /No such file or directory/);
	});

	test('a loop takes time, however little it does', () => {
		const {code, slept, output} = run('while :; do echo tick; done', 40);
		assert.equal(code, undefined);
		assert.ok(slept > 0);
		assert.match(output, /^(tick\n)+$/);
	});

	test('sleeps as long as it is told', () => {
		assert.equal(run('sleep 2.5; sleep 1').slept, 3500);
	});

	test('ps shows the processes of the container', () => {
		const lines = run('ps').output.trimEnd().split('\n');
		assert.equal(lines.length, 3);
		assert.match(lines[1] ?? '', /^ +1 root .* nginx$/);
	});
});
