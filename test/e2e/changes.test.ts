import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, testName} from '../helpers/docker.ts';
import {type Gantry, type GantryOptions, openGantry} from '../helpers/gantry.ts';

/** Adds, changes and deletes, with names that are hard to show. */
const script = [
	'echo 12345 > /etc/added',
	'rm /etc/passwd',
	'mkdir -p /deep/a/b/c',
	'echo x > /deep/a/b/c/leaf',
	'mkdir /日本語',
	'echo y > "/日本語/ファイル"',
	'echo z > "$(printf "/deep/evil\\033[31mred")"',
].join(' && ');

const image = 'gantry-test/busy:1';

const runChanging = (name: string, command = script, ...options: readonly string[]): Promise<string> =>
	docker(
		'run',
		'--detach',
		'--name',
		name,
		'--stop-timeout',
		'1',
		...options,
		image,
		'sh',
		'-c',
		`${command}; sleep 3600`,
	);

const openChanges = async (name: string, options: GantryOptions = {}): Promise<Gantry> => {
	const gantry = await openGantry(options);
	await gantry.select(name);
	await gantry.press('x');
	await gantry.sees(/╭ Changes \+\d+ ~\d+ -\d+/);
	return gantry;
};

/** How many of each kind the docker client tells, as the title spells it. */
const judged = async (name: string): Promise<string> => {
	const lines = (await docker('diff', name)).split('\n');
	const count = (letter: string) => lines.filter(line => line.startsWith(`${letter} `)).length;
	return `+${count('A')} ~${count('C')} -${count('D')}`;
};

/** Waits until docker tells that the container has written this. */
const written = async (name: string, path: string): Promise<void> => {
	const patience = Date.now() + 30_000;
	while (!(await docker('diff', name)).includes(path))
		assert.ok(Date.now() < patience, `${path} was not written`);
};

describe('what a container changed', {skip: requireEngine(), timeout: 180_000}, () => {
	after(removeTestObjects);

	test('is what docker diff tells, as a tree with counts, signs and sizes', async () => {
		const name = testName('told');
		await runChanging(name);
		await written(name, 'evil');
		await using gantry = await openChanges(name);
		await gantry.sees(`Changes ${await judged(name)}`);
		await gantry.sees(/[+] +added +6B +\d+s/);
		await gantry.sees(/- +passwd/);
		await gantry.sees(/~ +▾ etc\/ +1 +1/);
		await gantry.sees(/[+] +▾ deep\/ +5/);
		await gantry.sees(/evilred +2B/);
		await gantry.sees(/ファイル +2B/);
	});

	test('is folded and unfolded, narrowed to one kind and filtered', async () => {
		const name = testName('folded');
		await runChanging(name);
		await written(name, 'evil');
		await using gantry = await openChanges(name, {columns: 80, rows: 24});
		await gantry.sees('leaf');
		await gantry.press('F');
		await gantry.seesNot('leaf');
		await gantry.sees('▸ deep/');
		await gantry.press('g', 'right');
		await gantry.sees('▾ deep/');
		await gantry.press('left');
		await gantry.sees('▸ deep/');
		await gantry.press('F');
		await gantry.sees('leaf');
		await gantry.press('-');
		await gantry.sees('only deleted');
		await gantry.seesNot('leaf');
		await gantry.sees('passwd');
		await gantry.press('-', '/');
		await gantry.type('leaf');
		await gantry.seesNot('passwd');
		await gantry.sees('▾ deep/');
		await gantry.press('enter', 'esc');
		await gantry.sees('passwd');
	});

	test('opens a file where files are read', async () => {
		const name = testName('opened');
		await runChanging(name);
		await written(name, 'evil');
		await using gantry = await openChanges(name);
		await gantry.press('/');
		await gantry.type('etc/added');
		await gantry.press('enter', 'G', 'enter');
		await gantry.sees('12345');
	});

	test('is read again when it is wished for, and when the container stops', async () => {
		const name = testName('again');
		await runChanging(name);
		await written(name, 'evil');
		await using gantry = await openChanges(name);
		await docker('exec', name, 'sh', '-c', 'echo 1 > /wished');
		await gantry.press('ctrl-r');
		await gantry.sees('wished');
		await docker('exec', name, 'sh', '-c', 'echo 1 > /at-the-end');
		await docker('stop', '--time', '0', name);
		await gantry.sees('at-the-end');
		await gantry.sees(`Changes ${await judged(name)}`);
		await docker('rm', name);
		await gantry.sees('removed');
		await gantry.sees('at-the-end');
		await gantry.press('left');
		await gantry.sees('at-the-end');
	});

	test('knows a mount from a change', async () => {
		const name = testName('mounted');
		await runChanging(
			name,
			'echo x > /data/inside; echo y > /outside',
			'--tmpfs',
			'/tmpfs',
			'--volume',
			'/data',
		);
		await written(name, '/outside');
		await using gantry = await openChanges(name);
		await gantry.sees(/data\/? +\(mount\)/);
		await gantry.sees('outside');
		await gantry.seesNot('inside');
	});

	test('of a container that changed nothing says so', async () => {
		const name = testName('clean');
		await docker('create', '--name', name, image, 'true');
		await using gantry = await openGantry();
		await gantry.select(name);
		await gantry.press('x');
		await gantry.sees('It has changed nothing against its image.');
	});

	test('of 20,000 files is a count first, and quick to walk', async () => {
		const name = testName('many');
		const make =
			'mkdir -p /many/d && cd /many/d && i=0; while [ $i -lt 20000 ]; do : > f$i; i=$((i+1)); done; echo > /ready';
		await docker('run', '--name', name, image, 'sh', '-c', make);
		await using gantry = await openChanges(name, {columns: 80, rows: 24});
		await gantry.sees('▸ many/');
		await gantry.sees(/many\/ +20001/);
		await gantry.press('g', 'right');
		await gantry.sees('f0 ');
		await gantry.press('G');
		await gantry.sees('ready');
		await gantry.press('/');
		await gantry.type('f19999');
		await gantry.sees(/[+] +f19999 +0B/);
	});
});
