import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';

/** A long command line; what it does is nothing. */
const longest = `: ${Array.from({length: 60}, (_, index) => `--option-${index}=日本`).join(' ')} END-OF-IT; sleep 1001`;

const script = `sleep 1000 & sh -c '${longest}; true' & sleep 3600; true`;

const runMany = async (name: string): Promise<void> => {
	const image = 'gantry-test/busy:1';
	await docker('run', '--detach', '--name', name, '--stop-timeout', '1', image, 'sh', '-c', script);
};

const openProcesses = async (name: string, options: GantryOptions = {}): Promise<Gantry> => {
	const gantry = await openGantry(options);
	await gantry.select(name);
	await gantry.press('t');
	await gantry.sees(/╭ Processes \d+ process/);
	return gantry;
};

/** The rows of the table: numbers first. */
const rowsOf = (gantry: Gantry): readonly string[] => gantry.screen().filter(row => /^│[ ✓] +\d+ /.test(row));

const pidsOf = (gantry: Gantry): readonly string[] =>
	rowsOf(gantry).map(row => row.slice(2).trim().split(/\s+/)[0] ?? '');

/** What the docker client says: number and command. */
const topOf = async (name: string): Promise<ReadonlyMap<string, string>> => {
	const [, ...lines] = (await docker('top', name, '-eo', 'pid,args')).split('\n');
	return new Map(
		lines.map(line => {
			const [, pid = '', command = ''] = /^(\d+)\s+(.*)$/.exec(line.trim()) ?? [];
			return [pid, command] as const;
		}),
	);
};

describe('the processes of a container', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('are those that docker top tells, as a tree, with what each costs', async () => {
		const name = testName('tree');
		await runMany(name);
		await using gantry = await openProcesses(name);
		const judge = await topOf(name);
		assert.deepEqual(pidsOf(gantry).toSorted(), [...judge.keys()].toSorted());
		await gantry.sees(/HOST PID +PARENT +USER +%NOW +%CPU +%MEM +RSS +STAT +AGE +TIME +COMMAND/);
		await gantry.sees(/root +(?:-|\d+) +\d+\.\d +\d+\.\d +\S+[KM] +S\S* +\d+s +0:0\d +[├└] sleep 1000/);
		await gantry.sees(/[├└] sh -c : --option-0=日本/);
		// The first process has none above it, its grandchild hangs below its child.
		assert.match(rowsOf(gantry)[0] ?? '', / {2}sh -c sleep 1000/);
		await gantry.sees(/[│ ] └ sleep 1001/);
	});

	test('are sorted by a column, back to the tree by one key, and the cursor stays on its process', async () => {
		const name = testName('sorted');
		await runMany(name);
		await using gantry = await openProcesses(name);
		await gantry.sees(/[├└] sleep 1000/);
		await gantry.press('o');
		await gantry.chooseItem('HOST PID');
		await gantry.sees(/by pid/);
		await gantry.press('O', 'g');
		await gantry.until('the largest number is first', () => {
			const numbers = pidsOf(gantry).map(Number);
			return (
				numbers.length > 3 && numbers.every((pid, index) => index === 0 || pid < (numbers[index - 1] ?? 0))
			);
		});
		const [first = ''] = pidsOf(gantry);
		await gantry.press('O');
		await gantry.until('the cursor went with its process', () => {
			const y = gantry.screen().findIndex(row => row.includes(` ${first} `));
			return pidsOf(gantry).at(-1) === first && gantry.cell(4, y).isInverse;
		});
		await gantry.press('v');
		await gantry.sees(/[├└] sleep 1000/);
		await gantry.press('/');
		await gantry.type('sleep 1000');
		await gantry.until('only what matches is listed', () => rowsOf(gantry).length <= 2);
	});

	test('come and go without a key, and long commands are read to their end', async () => {
		const name = testName('live');
		await runMany(name);
		await using gantry = await openProcesses(name, {columns: 80, rows: 24});
		await gantry.sees(/[├└] sh -c : --opt/);
		await docker('exec', '--detach', name, 'sleep', '777');
		await gantry.sees(/sleep 777/);
		await docker('exec', name, 'sh', '-c', 'kill $(pidof sleep | tr " " "\\n" | head -1)');
		for (let press = 0; press < 80 && !gantry.text().includes('END-OF-IT'); press += 1)
			await gantry.press('right');
		await gantry.sees('END-OF-IT');
		await gantry.sees(/[├└] sleep 1000/);
	});

	test('of a container that is paused, stopped, removed stay with the time they were read', async () => {
		const name = testName('frozen');
		await runMany(name);
		await using gantry = await openProcesses(name);
		await gantry.sees(/sleep 1000/);
		await docker('pause', name);
		await gantry.sees(/read \d\d:\d\d:\d\d: paused/);
		await docker('unpause', name);
		await gantry.seesNot(/read \d\d:\d\d:\d\d/);
		await docker('stop', '--time', '0', name);
		await gantry.sees(/read \d\d:\d\d:\d\d: exited/);
		// A reading may have met them while they ended, without their command lines.
		assert.ok(rowsOf(gantry).length > 0);
		await docker('start', name);
		await gantry.seesNot(/read \d\d:\d\d:\d\d/);
		await docker('rm', '--force', name);
		await gantry.sees(/read \d\d:\d\d:\d\d: removed/);
		assert.ok(rowsOf(gantry).length > 0);
	});

	test('of a container that never ran are none, and it says so', async () => {
		const name = testName('never');
		await docker('create', '--name', name, 'gantry-test/busy:1', 'true');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('t');
		await gantry.sees('The container is created: it has no processes. u starts it.');
	});

	test('can be killed through the engine: the signal goes to the first of them', async () => {
		const name = testName('killed');
		await runMany(name);
		await using gantry = await openProcesses(name);
		await gantry.press('K');
		await gantry.chooseItem('SIGKILL');
		await gantry.press('enter');
		await gantry.sees(/read \d\d:\d\d:\d\d: exited/);
		assert.equal(await docker('inspect', '--format', '{{.State.ExitCode}}', name), '137');
	});
});
