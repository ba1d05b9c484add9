import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const image = 'gantry-test/busy:1';

describe('the statistics tab', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('shows what docker stats does, with limits, throttling and cores', async () => {
		const name = testName('busy');
		const script = 'x=$(head -c 8000000 /dev/zero | tr "\\0" x); while :; do :; done';
		const limits = ['--cpus', '0.5', '--memory', '128m', '--pids-limit', '50'];
		await docker('run', '--detach', '--name', name, ...limits, image, 'sh', '-c', script);
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await gantry.press('m');
		// How much of the half CPU it gets is for the machine to say.
		await gantry.sees(/CPU +\d+\.\d% of 50% \(its limit\)/);
		const told = await docker(
			'stats',
			'--no-stream',
			'--format',
			'{{.CPUPerc}} {{.MemUsage}} {{.PIDs}}',
			name,
		);
		const [, cpu = '', memory = ''] = /^([\d.]+)% ([\d.]+)MiB/.exec(told) ?? assert.fail(told);
		await gantry.sees(/MEM +[\d.]+M of 128M \(its limit\)/);
		const shown = gantry.text();
		const ours = Number(/CPU +([\d.]+)%/.exec(shown)?.[1]);
		assert.ok(Math.abs(ours - Number(cpu)) <= 15, `${ours} against ${told}`);
		const ourMemory = Number(/MEM +([\d.]+)M/.exec(shown)?.[1]);
		assert.ok(
			Math.abs(ourMemory - Number(memory)) <= 0.1 * Number(memory) + 0.1,
			`${ourMemory} against ${told}`,
		);
		await gantry.sees(/PIDS +1 of 50 \(its limit\)/);
		await gantry.sees(/throttled \d+(?:\.\d)?% now, \d+ of \d+ periods/);
		if ((await docker('info', '--format', '{{.CgroupVersion}}')) === '1') await gantry.sees(/core 0 /);
		await gantry.sees(/[⣀-⣿]/);
		await gantry.sees(/min +[\d.]+% +mean +[\d.]+% +max +[\d.]+%/);
	});

	test('looks back with a cursor, and is live again with esc', async () => {
		const name = testName('look');
		await runBusy(name);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.select(name);
		await gantry.press('m');
		await gantry.sees(/CPU +0\.0%/);
		for (const label of ['MEM', 'NET in', 'NET out', 'BLK read', 'BLK write', 'PIDS'])
			await gantry.sees(label);
		await gantry.sees('╭ Statistics 5 min  live');
		await gantry.press('left');
		await gantry.sees(/Statistics 5 min {2}at \d\d:\d\d:\d\d/);
		await gantry.press('g');
		await gantry.sees(/CPU +- /);
		await gantry.press('esc');
		await gantry.sees('╭ Statistics 5 min  live');
		await gantry.press('-');
		await gantry.sees('╭ Statistics 30 min  live');
		await gantry.press('-');
		await gantry.sees('╭ Statistics all: 1 min  live');
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
	});

	test('keeps the past of a container that stops, and when it is removed', async () => {
		const name = testName('ends');
		await runBusy(name);
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await gantry.press('m');
		await gantry.sees(/CPU +0\.0%/);
		await docker('kill', name);
		await gantry.sees(/not running, its past: ○ exited 137/);
		await gantry.sees(/CPU +- .*max +[\d.]+%/);
		await docker('rm', name);
		await gantry.sees('removed: its past');
		await gantry.sees(/max +[\d.]+%/);
	});

	test('of one that never ran says so', async () => {
		const name = testName('never');
		await docker('create', '--name', name, image, 'true');
		await using gantry = await openGantry({columns: 160});
		await gantry.select(name);
		await gantry.press('m');
		await gantry.sees('It does not run, and has not since Gantry began to look');
	});
});
