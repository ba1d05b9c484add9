import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const run = (name: string, script: string, ...options: readonly string[]) =>
	docker(
		'run',
		'--detach',
		'--name',
		name,
		'--network',
		'none',
		'--stop-timeout',
		'1',
		...options,
		'gantry-test/busy:1',
		'sh',
		'-c',
		script,
	);

/** Prints what is written into this file of the container, and goes on. */
const echoing = 'touch /in; tail -f /in';
const say = (name: string, text: string) => docker('exec', name, 'sh', '-c', `echo '${text}' >> /in`);

async function openLogs(gantry: Gantry, name: string): Promise<void> {
	await gantry.select(name);
	await gantry.press('l');
	await gantry.sees(`╭ Logs ${name}`);
}

const times = (gantry: Gantry, text: string) => gantry.text().split(text).length - 1;

describe('logs', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('lines of both streams are whole and in their order, stderr marked', async () => {
		const name = testName('streams');
		await run(name, 'echo first; echo wrong >&2; printf "half "; sleep 0.2; echo line; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees(/│ half line +│/);
		await gantry.sees(/│ first +│/);
		await gantry.sees(/│!wrong +│/);
		await gantry.sees('3 lines');
		await gantry.sees('following');
	});

	test('follows what comes, and esc goes back to the dashboard', async () => {
		const name = testName('follow');
		await run(name, echoing);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		for (const text of ['one', 'two', 'three']) {
			await say(name, `said ${text}`);
			await gantry.sees(`said ${text}`);
		}
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
		await gantry.rowIs(name, '● up');
	});

	test('of a container with a terminal the lines are right too', async () => {
		const name = testName('tty');
		await run(
			name,
			'echo plain; printf "\\033[31mred\\033[0m 漢字 end\\n"; printf "10%%\\r20%%\\n"; sleep 3600',
			'--tty',
		);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees(/│ plain +│/);
		await gantry.sees(/│ red 漢字 end +│/);
		const {x, y} = gantry.find('red 漢字');
		assert.equal(gantry.cell(x, y).foreground, 1);
		assert.equal(gantry.cell(x + 4, y).foreground, 'default');
	});

	test('what a log says cannot move the cursor or change the screen', async () => {
		const name = testName('hostile');
		await run(name, 'printf "\\033[2J\\033[H\\033]0;title\\007gone\\033[?1049lstill here\\n"; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('still here');
		assert.equal(gantry.isAlternate, true);
		assert.doesNotMatch(gantry.rawOutput, /title\u0007/);
		await gantry.sees(`╭ Logs ${name}`);
	});

	test('the container started again: its log goes on, nothing comes twice', async () => {
		const name = testName('again');
		await run(name, 'echo began; echo ready; sleep 3600');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('ready');
		assert.equal(times(gantry, 'began'), 1);
		await docker('stop', name);
		await gantry.sees('ended: the container does not run');
		await docker('start', name);
		await gantry.until('the second start is seen', () => times(gantry, 'ready') === 2);
		await gantry.sees('following');
		assert.equal(times(gantry, 'began'), 2);
		await docker('restart', '--time', '0', name);
		await gantry.until('the third start is seen', () => times(gantry, 'ready') === 3);
		assert.equal(times(gantry, 'began'), 3);
		assert.equal((await docker('logs', name)).split('\n').length, 6);
		await gantry.sees('6 lines');
	});

	test('thousands of lines: the last are shown, scrolling stays, f follows again', async () => {
		const name = testName('many');
		await run(name, `i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "line $i."; done; ${echoing}`);
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('line 3000.');
		await gantry.press('g');
		await gantry.seesNot('line 3000.');
		await gantry.sees('paused: f follows');
		await say(name, 'while away');
		await gantry.press('f');
		await gantry.sees('while away');
		await gantry.sees('line 3000.');
	});

	test('the log of what has exited can be read, and of what was removed stays', async () => {
		const name = testName('exited');
		await run(name, 'echo last words; exit 3');
		await using gantry = await openGantry();
		await openLogs(gantry, name);
		await gantry.sees('last words');
		await docker('rm', '--force', name);
		await gantry.sees('╭ Logs of a container that was removed');
		await gantry.sees('last words');
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
	});
});
