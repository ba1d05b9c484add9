import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

const image = 'gantry-test/busy:1';

describe('the statistics tab', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

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
