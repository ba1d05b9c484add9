import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {openCountingProxy} from '../helpers/counting-proxy.ts';
import {docker, removeTestObjects, requireEngine, runBusy, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

/** More than fit into the container list of the low terminal below. */
const count = 14;
const lowRows = 24;
const quietMs = 10_000;

/** A request that repeats must never be one of these: they walk the disk. */
const costly = /[?&]size=(?:1|true)|\/system\/df/;
const lists = /^GET \/containers\/json/;
const inspections = /^GET \/containers\/[^/?]+\/json/;
const streams = /^GET \/containers\/[^/?]+\/stats\?(?!.*stream=(?:0|false))/;

const matching = (requests: readonly string[], pattern: RegExp): readonly string[] =>
	requests.filter(request => pattern.test(request));

const runningCount = async (): Promise<number> =>
	(await docker('ps', '--quiet')).split('\n').filter(Boolean).length;

/** Numbers are in its rows, and nothing of the start is left. */
async function settle(gantry: Gantry): Promise<void> {
	await gantry.filter('1 Containers', testName(''));
	await gantry.row('1 Containers', / \d+\.\d /);
	// A new filter closes the streams of rows that are gone a second later.
	await delay(3000);
}

const visibleRows = (gantry: Gantry): number =>
	gantry.pane('1 Containers').filter(row => row.includes('● up')).length;

describe('what it asks of the engine and of the terminal', {skip: requireEngine(), timeout: 240_000}, () => {
	before(async () => {
		const names = Array.from({length: count}, (_, index) => testName(`n${index}`));
		for (const name of names) await runBusy(name, '--network', 'none');
		// The events of the last two seconds are told to a new client, which looks at what they name.
		await delay(3000);
	});
	after(removeTestObjects);

	test('until the first numbers each list is asked for once, and nothing that walks the disk', async () => {
		await using proxy = await openCountingProxy(testEngine.host);
		await using gantry = await openGantry({host: proxy.host, columns: 160, rows: lowRows});
		await gantry.row('1 Containers', / \d+\.\d /);
		const requests = proxy.requests();
		assert.equal(matching(requests, lists).length, 1, requests.join('\n'));
		assert.equal(matching(requests, /^GET \/images\/json/).length, 1, requests.join('\n'));
		assert.equal(matching(requests, /^GET \/events/).length, 1, requests.join('\n'));
		assert.deepEqual(matching(requests, costly), []);
		// What is on the screen is inspected once, for health, exit codes and limits.
		const inspected = matching(requests, inspections);
		assert.equal(new Set(inspected).size, inspected.length, inspected.join('\n'));
	});

	// Side by side: each has its own line to the engine, and hardly anything to do.
	describe('ten idle seconds', {concurrency: true}, () => {
		for (const [source, env] of [
			['this machine', {}],
			['the API', {GANTRY_STATS: 'api'}],
		] as const)
			test(`with statistics from ${source} ask for what can change`, async () => {
				await using proxy = await openCountingProxy(testEngine.host);
				await using gantry = await openGantry({host: proxy.host, columns: 160, rows: lowRows, env});
				await settle(gantry);
				const running = await runningCount();
				const visible = visibleRows(gantry);
				assert.ok(visible > 0 && visible < count, `${visible} rows of ${count} are visible`);
				proxy.reset();
				await delay(quietMs);
				const requests = proxy.requests();
				const told = requests.join('\n');
				assert.deepEqual(matching(requests, costly), []);
				assert.deepEqual(matching(requests, inspections), [], told);
				assert.deepEqual(matching(requests, /^GET \/(?:images|info|version)/), [], told);
				assert.ok(matching(requests, lists).length <= 1, told);
				// Of what is not on the screen a tenth in each second; besides a sign of life, a list, a beat more.
				const tenth = Math.ceil((running - visible) / 10);
				assert.ok(requests.length <= 11 * tenth + 2, told);
				const open = proxy.open();
				assert.equal(matching(open, /^GET \/events/).length, 1, open.join('\n'));
				assert.ok(matching(open, streams).length <= visible, open.join('\n'));
			});

		test('write what has changed and no more', async () => {
			await using gantry = await openGantry({columns: 160, rows: 45});
			await gantry.row('1 Containers', / \d+\.\d /);
			await delay(3000);
			const before = gantry.bytesWritten;
			await delay(quietMs);
			const written = gantry.bytesWritten - before;
			assert.ok(written <= 20_000, `${written} bytes`);
		});
	});
});

describe('a screen on which nothing changes', {skip: requireEngine(), timeout: 60_000}, () => {
	test('writes nothing', async t => {
		if ((await runningCount()) > 0) {
			t.skip('containers run on this engine, and their sums are in the header');
			return;
		}
		await using gantry = await openGantry();
		// Ages of images would go on.
		await gantry.filter('2 Images', testName('none'));
		await gantry.filter('1 Containers', testName('none'));
		await delay(2000);
		const before = gantry.bytesWritten;
		await delay(5000);
		assert.equal(gantry.bytesWritten - before, 0, JSON.stringify(gantry.rawOutput.slice(-400)));
	});
});
