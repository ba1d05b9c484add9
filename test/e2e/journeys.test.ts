import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {eventually} from '../../scripts/engine/shell.ts';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const inspect = (name: string, format: string) => docker('inspect', '--format', format, name);

/** What people come for, from start to end on the keyboard. */
describe('journeys', {skip: requireEngine(), timeout: 300_000}, () => {
	after(removeTestObjects);
	for (const [columns, rows] of [
		[160, 45],
		[80, 24],
	] as const) {
		const size = `${columns}x${rows}`;

		test(`three in the morning, at ${size}`, async () => {
			const name = testName(`sick${columns}`);
			await runBusy(
				name,
				'--health-cmd',
				'test -e /tmp/ok || { echo "no database today"; exit 3; }',
				'--health-interval',
				'1s',
				'--health-retries',
				'1',
			);
			await docker('exec', name, 'sh', '-c', 'echo "FATAL cannot reach db" > /proc/1/fd/1');
			await using gantry = await openGantry({columns, rows});
			await gantry.select(name);
			await gantry.rowIs(name, '!');
			await gantry.press('3');
			await gantry.sees('no database today');
			await gantry.press('1', 'l');
			await gantry.sees('FATAL cannot reach db');
			const startedAt = await inspect(name, '{{.State.StartedAt}}');
			await docker('exec', name, 'touch', '/tmp/ok');
			await gantry.press('r');
			await gantry.sees(`restart ${name}?`);
			await gantry.press('enter');
			// It may have got well before it was restarted.
			await eventually(async () => {
				assert.notEqual(await inspect(name, '{{.State.StartedAt}}'), startedAt);
				assert.equal(await inspect(name, '{{.State.Health.Status}}'), 'healthy');
			}, 30_000);
			await gantry.sees('♥');
			await gantry.press('q');
			await gantry.sees('1 Containers');
			await leave(gantry);
		});

		test(`who eats the machine, at ${size}`, async () => {
			const name = testName(`hungry${columns}`);
			const spin = 'while :; do :; done';
			const options = ['--detach', '--name', name, '--stop-timeout', '1'];
			await docker('run', ...options, 'gantry-test/busy:1', 'sh', '-c', spin);
			await using gantry = await openGantry({columns, rows});
			await gantry.filter('1 Containers', `name:${testName('')}`);
			await gantry.press('o');
			await gantry.chooseItem('CPU%');
			await gantry.select(name);
			await gantry.press('m');
			await gantry.sees(/CPU +\d+\.\d% of \d+%/);
			await gantry.press('t');
			await gantry.sees('while :; do');
			await gantry.press('L');
			await gantry.sees('╭ Limits');
			await toField(gantry, 'Limits', 'CPUs');
			await gantry.fill('0.25');
			await gantry.press('enter');
			await gantry.seesNot('╭ Limits');
			assert.equal(await inspect(name, '{{.HostConfig.NanoCpus}}'), '250000000');
			await gantry.press('m');
			await gantry.sees(/CPU +2\d\.\d% of 25%/, {within: 30_000});
			await docker('rm', '--force', name);
			await gantry.sees('removed');
			await gantry.press('q', 'q');
			assert.equal((await gantry.waitExit()).code, 0);
		});

		test(`inside a container, at ${size}`, async () => {
			const name = testName(`broken${columns}`);
			const image = `${testName(`fixed${columns}`)}:1`;
			const folder = mkdtempSync(join(tmpdir(), 'gantry-test-'));
			try {
				await runBusy(name);
				await using gantry = await openGantry({columns, rows});
				await gantry.select(name);
				await gantry.press('e');
				await gantry.sees(/[#$] *$/m);
				await gantry.type('mkdir /srv; echo fixed > /srv/conf; exit\r');
				await gantry.sees('1 Containers');
				await gantry.press('x');
				await gantry.sees(/conf (?!.*stats)/);
				await gantry.press('f');
				await gantry.press('~');
				await gantry.sees(/│ Path/);
				await gantry.fill('/srv');
				await gantry.press('enter');
				await gantry.sees('Files /srv');
				await gantry.sees(/ conf /);
				await gantry.press('>');
				await gantry.sees('╭ Copy');
				await gantry.fill(folder);
				await gantry.press('enter');
				await gantry.until('the file is here', () => read(join(folder, 'conf')) === 'fixed\n');
				await gantry.press('c');
				await gantry.sees('╭ Commit');
				await gantry.fill(image);
				await gantry.press('enter');
				await gantry.seesNot('╭ Commit');
				assert.equal(await docker('run', '--rm', image, 'cat', '/srv/conf'), 'fixed');
				await gantry.press('q');
				await leave(gantry);
			} finally {
				rmSync(folder, {recursive: true, force: true});
			}
		});

		test(`three copies, at ${size}`, async () => {
			const name = testName(`copy${columns}`);
			await using gantry = await openGantry({columns, rows});
			await gantry.press('R');
			await gantry.sees('╭ Run');
			await gantry.fill('gantry-test/busy:1');
			await toField(gantry, 'Run', 'Name');
			await gantry.fill(name);
			await toField(gantry, 'Run', 'Command');
			await gantry.fill('sleep 3600');
			await toField(gantry, 'Run', 'Copies');
			await gantry.fill('3');
			await gantry.press('enter');
			await gantry.seesNot('╭ Run');
			for (const copy of [1, 2, 3])
				assert.equal(await inspect(`${name}-${copy}`, '{{.State.Status}}'), 'running');
			await gantry.filter('1 Containers', `name:${name}`);
			await gantry.press('ctrl-a', 'd');
			await gantry.sees(/remove 3 containers\?/i);
			await gantry.press('f');
			await gantry.type('3');
			await gantry.press('enter');
			await gantry.sees('3 of 3 containers removed');
			assert.equal(await docker('ps', '--all', '--quiet', '--filter', `name=${name}`), '');
			await leave(gantry);
		});
	}
});

/** Moves the cursor of a form down to a field. */
async function toField(gantry: Gantry, title: string, label: string): Promise<void> {
	for (let at = fieldOf(gantry, title); at !== label; at = fieldOf(gantry, title)) {
		await gantry.press('tab');
		await gantry.until(`the cursor has left ${at}`, () => fieldOf(gantry, title) !== at);
	}
}

/** The label that has the colour of the form's border: that of the field with the cursor. */
function fieldOf(gantry: Gantry, title: string): string {
	const {x, y} = gantry.find(`╭ ${title}`);
	const accent = gantry.cell(x, y).foreground;
	const textFrom = (row: number): string =>
		Array.from({length: 20}, (_, at) => gantry.cell(x + 2 + at, row).text || ' ').join('');
	for (let row = y + 1; row < gantry.rows; row += 1) {
		if (gantry.cell(x + 2, row).foreground === accent) return textFrom(row).split('  ')[0] ?? '';
	}
	return '';
}

async function leave(gantry: Gantry): Promise<void> {
	await gantry.press('q');
	assert.equal((await gantry.waitExit()).code, 0);
}

const read = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
};
