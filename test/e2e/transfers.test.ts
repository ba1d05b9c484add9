import assert from 'node:assert/strict';
import {after, describe, test} from 'node:test';
import {eventually} from '../../scripts/engine/shell.ts';
import {openCountingProxy} from '../helpers/counting-proxy.ts';
import {docker, removeTestObjects, requireEngine, testEngine, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {openMoodyRegistry} from '../helpers/moody-registry.ts';
import {hasImage, pushImage} from '../helpers/registry-image.ts';

const slow = {kind: 'well', bytesPerSecond: 300_000} as const;
const well = {kind: 'well'} as const;
const overrun = JSON.stringify({errors: [{code: 'TOOMANYREQUESTS', message: 'you have pulled enough'}]});

/** The rows of the screen of transfers, or of one transfer. */
const line = async (gantry: Gantry, expected: RegExp): Promise<string> => {
	const find = () => gantry.screen().find(row => expected.test(row));
	await gantry.until(`a row shows ${String(expected)}`, () => find() !== undefined);
	return find() ?? '';
};

const pullAll = async (gantry: Gantry, ...references: readonly string[]): Promise<void> => {
	await gantry.press('P');
	await gantry.sees('╭ Pull an image');
	await gantry.type(references.join(' '));
	await gantry.press('enter');
	await gantry.seesNot('╭ Pull an image');
};

describe('transfers', {skip: requireEngine(), timeout: 240_000}, () => {
	const pulled: string[] = [];
	after(async () => {
		await removeTestObjects();
		for (const reference of pulled) if (await hasImage(reference)) await docker('rmi', reference);
	});

	/** In a registry at this address. */
	const image = async (address: string, name: string, megabytes: number): Promise<string> => {
		const full = testName(name);
		await pushImage(full, {megabytes});
		const reference = `${address}/${full}`;
		pulled.push(reference);
		return reference;
	};

	test('begin in their order, as many as are said, and tell their place', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		registry.feel(slow);
		const [first, second, third] = [
			await image(registry.address, 'queue-a:1', 3),
			await image(registry.address, 'queue-b:1', 1),
			await image(registry.address, 'queue-c:1', 1),
		];
		await using gantry = await openGantry({args: ['--transfers', '1']});
		await pullAll(gantry, first, second, third);
		await gantry.press('T');
		await line(gantry, /queue-a:1 +running .* [1-9]\d?%.*kB\/s/);
		await line(gantry, /queue-b:1 +waiting .*waits, next/);
		await line(gantry, /queue-c:1 +waiting .*waits, 1 before it/);
		await line(gantry, /Transfers 3 · 1 running · 2 waiting|Transfers 3 +1 running +2 waiting/);
		await gantry.press('/');
		await gantry.type('queue-b');
		await gantry.press('enter', 'x', 'esc');
		await line(gantry, /queue-b:1 +cancelled/);
		await line(gantry, /queue-c:1 +waiting .*waits, next/);
		registry.feel(well);
		await line(gantry, /queue-a:1 +done/);
		await line(gantry, /queue-c:1 +done/);
		await gantry.tells('2 of 3 images pulled');
		assert.deepEqual(
			[await hasImage(first), await hasImage(second), await hasImage(third)],
			[true, false, true],
		);
		await gantry.press('esc', 'c');
		await gantry.seesNot('queue-b:1 ');
		await gantry.press('esc');
		await gantry.row('4 Transfers', 'No transfers');
	});

	test('show their layers, then the image; esc goes back to where one came from', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		registry.feel(slow);
		const reference = await image(registry.address, 'layers:1', 3);
		await using gantry = await openGantry();
		await gantry.command(`pull ${reference}`);
		await gantry.row('4 Transfers', /layers:1.* [1-9]\d?%/);
		await gantry.press('4', 'enter');
		await line(gantry, /[0-9a-f]{12} +downloading .*MB/);
		await line(gantry, /of 3\.\d+MB +\d+kB\/s +\d+s left/);
		await gantry.press('enter');
		await gantry.tells('it is not done');
		registry.feel(well);
		await line(gantry, /[0-9a-f]{12} +complete .*100%/);
		await gantry.tells(`${reference} pulled`);
		await gantry.press('y');
		await gantry.tells(/copied .*layers:1@sha256:/);
		await gantry.press('enter');
		await gantry.sees('Files of layer');
		await gantry.press('q', 'T', 'enter');
		await line(gantry, /[0-9a-f]{12} +complete/);
		await gantry.press('esc', 'esc');
		await line(gantry, /╭ Transfers/);
		await gantry.press('esc', 'esc');
		await gantry.row('4 Transfers', 'layers:1');
	});

	test('that are cancelled leave no request on the engine, and none on the registry', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		registry.feel(slow);
		const reference = await image(registry.address, 'cancelled:1', 4);
		await using proxy = await openCountingProxy(testEngine.host);
		await using gantry = await openGantry({host: proxy.host});
		await gantry.command(`pull ${reference}`);
		await gantry.press('4', 'enter');
		await line(gantry, /[0-9a-f]{12} +downloading .*MB/);
		assert.ok(proxy.open().some(request => request.startsWith('POST /images/create')));
		assert.ok(registry.open().some(request => request.includes('/blobs/')));
		await gantry.press('x');
		await gantry.tells(`pull of ${reference} cancelled`);
		await line(gantry, /[0-9a-f]{12} +stopped/);
		await gantry.until('no request is open', () => {
			const isPulling = proxy.open().some(request => request.startsWith('POST /images/create'));
			return !isPulling && registry.open().length === 0;
		});
		assert.equal(await hasImage(reference), false);
		registry.feel(well);
		await gantry.press('r');
		await line(gantry, /[0-9a-f]{12} +complete/);
		assert.equal(await hasImage(reference), true);
	});

	test('wait for a registry that asks for it, and come when it is ready; x gives up, r does not wait', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		const reference = await image(registry.address, 'patient:1', 1);
		registry.feel({kind: 'refusing', status: 429, body: overrun, retryAfter: '3'});
		await using gantry = await openGantry();
		await gantry.command(`pull ${reference}`);
		await gantry.press('T');
		await line(gantry, /patient:1 +waiting .*the registry asks to wait, again in [2-4] s \(1 of 3\)/);
		registry.feel(well);
		await gantry.tells(`${reference} pulled`);
		await line(gantry, /patient:1 +done/);
		await docker('rmi', reference);

		registry.feel({kind: 'refusing', status: 503, body: ''});
		await gantry.command(`pull ${reference}`);
		await line(gantry, /patient:1 +waiting .*the registry cannot answer now, again .*\(1 of 3\)/);
		const asked = registry.manifestRequests();
		await gantry.press('g', 'r');
		await gantry.until('it was asked again', () => registry.manifestRequests() > asked);
		await line(gantry, /patient:1 +waiting .*again .*\(2 of 3\)/);
		await gantry.press('x');
		await gantry.tells(`pull of ${reference} cancelled`);
		await line(gantry, /patient:1 +cancelled/);
		assert.equal(await hasImage(reference), false);
	});

	test('fail with the reason and what to do, and can be tried again when the registry is back', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		const reference = await image(registry.address, 'away:1', 1);
		await registry.stop();
		await using gantry = await openGantry();
		await gantry.command(`pull ${reference}`);
		await gantry.tells(/Cannot pull .*connection refused.*the engine cannot reach 127\.0\.0\.1:\d+/);
		await gantry.press('esc', 'T', 'enter');
		await gantry.sees('connection refused');
		await gantry.sees('the engine cannot reach');
		await registry.start();
		await gantry.press('r');
		await line(gantry, /[0-9a-f]{12} +complete/);
		assert.equal(await hasImage(reference), true);
	});

	test('whose registry breaks midway say so in their layers, and go on when it is back', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		registry.feel(slow);
		const reference = await image(registry.address, 'midway:1', 3);
		await using gantry = await openGantry();
		await gantry.command(`pull ${reference}`);
		await gantry.press('T', 'enter');
		await line(gantry, /[0-9a-f]{12} +downloading .*[1-9]\d?%/);
		await registry.stop();
		await line(gantry, /[0-9a-f]{12} +retrying in \d seconds? .*[1-9]\d?%/);
		await registry.start();
		registry.feel(well);
		await line(gantry, /[0-9a-f]{12} +complete/);
		assert.equal(await hasImage(reference), true);
	});

	test('of the images of a project come once each', async () => {
		const [web, db] = [testName('web:1'), testName('db:1')];
		const names = [
			await pushImage(web, {isRunnable: true}),
			await pushImage(db, {isRunnable: true}),
		] as const;
		pulled.push(...names);
		const project = testName('shop');
		for (const [index, reference] of [names[0], names[1], names[0]].entries())
			await docker(
				'create',
				'--name',
				`${project}-${index}`,
				'--label',
				`com.docker.compose.project=${project}`,
				'--label',
				`com.docker.compose.service=s${index}`,
				reference,
				'true',
			);
		await using gantry = await openGantry();
		await gantry.press('1', '/');
		await gantry.type(project);
		await gantry.press('enter', 'ctrl-a');
		await gantry.command('pull-images');
		await gantry.tells('2 of 2 images pulled');
		assert.equal(gantry.pane('4 Transfers').filter(row => /up to date/.test(row)).length, 2);
	});

	test('are named before Gantry is left', async () => {
		await using registry = await openMoodyRegistry(testEngine.registry);
		registry.feel(slow);
		const [first, second] = [
			await image(registry.address, 'leave-a:1', 3),
			await image(registry.address, 'leave-b:1', 1),
		];
		await using gantry = await openGantry({args: ['--transfers', '1']});
		await pullAll(gantry, first, second);
		await gantry.row('4 Transfers', /leave-a:1.* [1-9]\d?%/);
		await gantry.press('q');
		await gantry.sees('2 transfers are under way and would be cancelled.');
		await gantry.sees(`pull ${first}`);
		await gantry.sees(`pull ${second}`);
		await gantry.press('enter');
		assert.equal((await gantry.waitExit()).code, 0);
		await eventually(async () => {
			assert.equal(registry.open().length, 0, 'the engine asks the registry still');
		}, 10_000);
		assert.deepEqual([await hasImage(first), await hasImage(second)], [false, false]);
	});
});
