import assert from 'node:assert/strict';
import {after, afterEach, before, describe, test} from 'node:test';
import {type DemoEngine, startDemoEngine} from '../../source/demo/demo-engine.ts';
import {dockerAt} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

/** What a sick engine does, on the embedded one, which can be made ill at will. */
describe('an engine that misbehaves', {timeout: 240_000}, () => {
	let engine: DemoEngine;
	const cures: (() => void)[] = [];
	const inject: DemoEngine['inject'] = (...fault) => {
		const cure = engine.inject(...fault);
		cures.push(cure);
		return cure;
	};
	const opened = (): Promise<Gantry> => openGantry({host: engine.host});
	/** The list is live and keys move in it. */
	const isAlive = async (gantry: Gantry): Promise<void> => {
		await gantry.sees('● live');
		await gantry.press('2');
		await gantry.press('1');
		await gantry.row('1 Containers', /shop-web-1 .*● up/);
	};

	before(async () => {
		engine = await startDemoEngine();
	});
	afterEach(() => {
		for (const cure of cures.splice(0)) cure();
	});
	after(async () => {
		await engine.stop();
	});

	test('an image list that fails is said in its pane, in the engine’s words; the rest lives', async () => {
		inject(/^GET \/images\/json/, {kind: 'error', status: 500, message: 'the store is locked'});
		await using gantry = await opened();
		await gantry.row('2 Images', 'Cannot list: the store is locked');
		await isAlive(gantry);
	});

	for (const [kind, said] of [
		['malformed', /not JSON/],
		['truncate', /the connection broke|not JSON|aborted/],
		['drop', /the connection broke|socket hang up/],
	] as const)
		test(`an image list that is answered ${kind} is said in its pane; the rest lives`, async () => {
			inject(/^GET \/images\/json/, kind === 'truncate' ? {kind, afterBytes: 100} : {kind});
			await using gantry = await opened();
			await gantry.row('2 Images', /Cannot list: /);
			await gantry.row('2 Images', said);
			await isAlive(gantry);
		});

	test('an action that is refused or broken off is told with its object, and not repeated', async () => {
		await using gantry = await opened();
		await gantry.select('shop-cache-1');
		inject(/^POST .*\/pause/, {kind: 'error', status: 500, message: 'cannot freeze the cgroup'}, {times: 1});
		await gantry.press('p');
		await gantry.tells(/pause.*cannot freeze the cgroup/);
		const asked = () => engine.requests().filter(request => /^POST .*\/pause/.test(request)).length;
		assert.equal(asked(), 1);
		await gantry.press('esc');
		inject(/^POST .*\/pause/, {kind: 'drop'}, {times: 1});
		await gantry.press('p');
		await gantry.tells(/pause.*(connection broke|hang up)/);
		assert.equal(asked(), 2);
		assert.equal(
			await dockerAt(engine.host, 'inspect', '-f', '{{.State.Status}}', 'shop-cache-1'),
			'running',
		);
		await gantry.press('esc');
		await gantry.rowIs('shop-cache-1', '● up');
	});

	test('a slow answer holds nothing up but its own row', async () => {
		await using gantry = await opened();
		await gantry.select('shop-proxy-1');
		const cure = inject(/^POST .*\/pause/, {kind: 'slow', delayMs: 3_600_000});
		await gantry.press('p');
		await gantry.row('1 Containers', /pausing/);
		await gantry.filter('1 Containers', 'name:shop-web');
		await isAlive(gantry);
		cure();
	});

	test('a malformed statistics line loses that sample and no more', async () => {
		inject(/^GET .*\/stats/, {kind: 'malformed'}, {times: 20});
		await using gantry = await opened();
		await gantry.row('1 Containers', /shop-worker-1 .*● up.* \d+(\.\d)? [▁-█]/, {within: 30_000});
		await isAlive(gantry);
		assert.doesNotMatch(gantry.text(), /not JSON/);
	});

	test('events that cannot be read have everything looked at again', async () => {
		inject(/^GET \/events/, {kind: 'malformed'});
		await using gantry = await opened();
		await dockerAt(engine.host, 'pause', 'shop-worker-1');
		await gantry.rowIs('shop-worker-1', '◐ paused');
		await dockerAt(engine.host, 'unpause', 'shop-worker-1');
		await gantry.rowIs('shop-worker-1', '● up');
		await isAlive(gantry);
	});

	test('connections that break are made again, and nothing that happened is missed', async () => {
		await using gantry = await opened();
		await gantry.rowIs('shop-worker-1', '● up');
		engine.dropConnections();
		await dockerAt(engine.host, 'pause', 'shop-worker-1');
		await gantry.rowIs('shop-worker-1', '◐ paused');
		await gantry.sees('● live');
		await dockerAt(engine.host, 'unpause', 'shop-worker-1');
		await gantry.rowIs('shop-worker-1', '● up');
	});

	test('an engine that freezes is said to be away, keys answer, and it is back when it thaws', async () => {
		await using gantry = await opened();
		const thaw = inject(/./, {kind: 'freeze'});
		await gantry.sees('engine away', {within: 60_000});
		await gantry.press('2');
		await gantry.until('the images have the focus', () => gantry.text().includes('2 Images'));
		await gantry.press('1');
		thaw();
		await gantry.press('r');
		await isAlive(gantry);
	});
});
