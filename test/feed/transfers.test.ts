import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import type {OpenRegistries} from '../../source/registry/access-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import {RegistryError, type RegistryHost} from '../../source/registry/types.ts';
import type {Demand} from '../../source/state/demand.ts';
import type {TransferRetry} from '../../source/state/model.ts';
import {startHarness} from './harness.ts';

const pulls = (...numbers: readonly number[]): Demand['queuedTransfers'] =>
	numbers.map(n => ({id: `t${n}`, work: {kind: 'pull', reference: `image${n}:latest`}, tries: 0}));

const status: TransferProgress = {kind: 'status', status: 'Pulling from library/image1'};

const layer = (currentBytes: number): TransferProgress => ({
	kind: 'layer',
	layerId: 'abc',
	phase: 'downloading',
	status: 'Downloading',
	currentBytes,
	totalBytes: 100,
});

/** Registries of which only heads of manifests are asked for. */
const registriesThat =
	(head: (host: RegistryHost) => Promise<never>): OpenRegistries =>
	async () => ({
		...noRegistries,
		client: (host, security) => ({...noRegistries.client(host, security), head: () => head(host)}),
	});

describe('pulls', () => {
	it('run three at a time, in the order in which they were asked for', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1, 2, 3, 4, 5)});
		await clock.settle();
		assert.deepEqual(engine.open('pullImage'), ['image1:latest', 'image2:latest', 'image3:latest']);
		engine.pullOf('image2:latest').end();
		await clock.settle();
		assert.deepEqual(engine.open('pullImage'), ['image1:latest', 'image3:latest', 'image4:latest']);
		await clock.advance(200);
		assert.deepEqual(
			told('engine/transfer-started').map(({id}) => id),
			['t1', 't2', 't3', 't4'],
		);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome}) => [id, outcome]),
			[['t2', 'done']],
		);
		await feed.stop();
	});

	it('tell their progress in batches, all of it before their end', async () => {
		const {clock, engine, demand, told, dispatches, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.advance(1000);
		const count = dispatches.length;
		engine.pullOf('image1:latest').push(status);
		for (let n = 1; n <= 100; n += 1) {
			engine.pullOf('image1:latest').push(layer(n));
			await clock.advance(5);
		}
		engine.pullOf('image1:latest').end();
		await clock.advance(200);
		const progress = told('engine/transfer-progressed').flatMap(message => message.progress);
		assert.equal(progress.length, 101);
		assert.deepEqual(progress.at(-1), layer(100));
		assert.ok(dispatches.length - count <= 12, `${dispatches.length - count} dispatches in 0.7 s`);
		const ends = dispatches.flatMap(({types}) => types).filter(type => type.startsWith('engine/transfer'));
		assert.equal(ends.at(-1), 'engine/transfer-ended');
		await feed.stop();
	});

	it('that fail carry the engine’s words', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.settle();
		engine.pullOf('image1:latest').fail(new EngineError('api', 'manifest for image1:latest not found'));
		await clock.advance(100);
		const [ended] = told('engine/transfer-ended');
		assert.equal(ended?.outcome, 'failed');
		assert.equal(ended?.fault?.message, 'manifest for image1:latest not found');
		await feed.stop();
	});

	it('that are refused at once fail the same way, and the next begins', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		engine.fail('pullImage', new EngineError('auth', 'denied'));
		demand({queuedTransfers: pulls(1, 2, 3, 4)});
		await clock.advance(100);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome, fault}) => [id, outcome, fault?.kind]),
			['t1', 't2', 't3', 't4'].map(id => [id, 'failed', 'auth']),
		);
		await feed.stop();
	});

	it('are cancelled at the engine', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.advance(200);
		demand({queuedTransfers: [], cancelledTransfers: ['t1']});
		await clock.settle();
		assert.equal(engine.open('pullImage').length, 0);
		await clock.advance(200);
		demand({cancelledTransfers: []});
		await clock.advance(200);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome}) => [id, outcome]),
			[['t1', 'cancelled']],
		);
		await feed.stop();
	});

	it('are cancelled before they began, even without an engine', async () => {
		const {clock, engine, demand, told, feed} = await startHarness({
			prepare(fake) {
				fake.kill();
			},
		});
		demand({queuedTransfers: pulls(1)});
		await clock.settle();
		demand({queuedTransfers: [], cancelledTransfers: ['t1']});
		await clock.settle();
		demand({details: []});
		await clock.advance(100);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome}) => [id, outcome]),
			[['t1', 'cancelled']],
		);
		assert.equal(engine.calls('pullImage').length, 0);
		await feed.stop();
	});

	it('fail with the reason when the connection is lost; what waits is pulled after the reconnect', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1, 2, 3, 4)});
		await clock.advance(200);
		demand({queuedTransfers: pulls(4)});
		engine.eventStream().fail(new EngineError('unreachable', 'read ECONNRESET'));
		await clock.advance(100);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome, fault}) => [id, outcome, fault?.message]),
			['t1', 't2', 't3'].map(id => [id, 'failed', 'read ECONNRESET']),
		);
		assert.equal(engine.open('pullImage').length, 0);
		await clock.advance(1000);
		assert.deepEqual(engine.open('pullImage'), ['image4:latest']);
		await feed.stop();
	});
});

const jobs = (...numbers: readonly number[]): Demand['queuedTransfers'] =>
	numbers.map(n => ({
		id: `j${n}`,
		work: {kind: 'job', job: {kind: 'load', path: `/nowhere/${n}.tar`}},
		tries: 0,
	}));

describe('one queue for everything', () => {
	it('begins in the order in which it was asked for, whatever it is', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: [...pulls(1), ...jobs(1), ...pulls(2, 3)], transferLimit: 2});
		await clock.settle();
		await clock.advance(100);
		assert.deepEqual(
			told('engine/transfer-started')
				.map(({id}) => id)
				.slice(0, 2),
			['t1', 'j1'],
		);
		engine.pullOf('image1:latest').end();
		await clock.advance(200);
		assert.ok(engine.peak('pullImage') <= 2);
		await feed.stop();
	});

	it('runs as many as is said', async () => {
		for (const transferLimit of [1, 3, 5]) {
			const {clock, engine, demand, feed} = await startHarness();
			demand({queuedTransfers: pulls(1, 2, 3, 4, 5, 6), transferLimit});
			await clock.settle();
			assert.equal(engine.open('pullImage').length, transferLimit);
			await feed.stop();
		}
	});
});

describe('a registry that cannot answer just now', () => {
	const busy = new EngineError('api', 'toomanyrequests: you have reached your pull rate limit');
	const down = new EngineError('api', 'received unexpected HTTP status: 503 Service Unavailable');

	/** As the state would have it after what was told. */
	const nextOf = (delayed: {readonly retry: TransferRetry} | undefined): Demand['queuedTransfers'] =>
		pulls(1).map(item => ({
			...item,
			tries: delayed?.retry.tries ?? 0,
			...(delayed?.retry.at === undefined ? {} : {startAt: delayed.retry.at}),
		}));

	it('is asked again after 2, 8 and 30 s and a little, then no more', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.advance(100);
		for (const [index, seconds] of [2, 8, 30].entries()) {
			engine.pullOf('image1:latest').fail(index === 1 ? down : busy);
			const failedAt = clock.now();
			await clock.advance(200);
			const delayed = told('engine/transfer-delayed').at(-1);
			assert.equal(delayed?.retry.tries, index + 1);
			assert.equal(delayed?.retry.cause, index === 1 ? 'unavailable' : 'rate-limited');
			const waitMs = (delayed?.retry.at ?? 0) - failedAt;
			assert.ok(waitMs >= seconds * 1000 && waitMs <= seconds * 1250 + 100, String(waitMs));
			demand({queuedTransfers: nextOf(delayed)});
			await clock.advance(waitMs - 500);
			assert.equal(engine.open('pullImage').length, 0);
			await clock.advance(600);
			assert.equal(engine.calls('pullImage').length, index + 2);
			demand({queuedTransfers: []});
		}
		engine.pullOf('image1:latest').fail(busy);
		await clock.advance(100_000);
		assert.deepEqual(
			told('engine/transfer-ended').map(({outcome, fault}) => [outcome, fault?.message]),
			[['failed', busy.message]],
		);
		assert.equal(engine.calls('pullImage').length, 4);
		await feed.stop();
	});

	it('leaves its place to others meanwhile', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1, 2), transferLimit: 1});
		await clock.advance(100);
		engine.pullOf('image1:latest').fail(down);
		await clock.advance(200);
		assert.deepEqual(engine.open('pullImage'), ['image2:latest']);
		demand({queuedTransfers: nextOf(told('engine/transfer-delayed')[0])});
		await clock.advance(5000);
		assert.deepEqual(engine.open('pullImage'), ['image2:latest']);
		engine.pullOf('image2:latest').end();
		await clock.settle();
		assert.deepEqual(engine.open('pullImage'), ['image1:latest']);
		await feed.stop();
	});

	it('is asked at once when that is wished, and not at all when it is given up', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.advance(100);
		engine.pullOf('image1:latest').fail(down);
		await clock.advance(200);
		const [item] = nextOf(told('engine/transfer-delayed')[0]);
		assert.ok(item);
		demand({queuedTransfers: [item]});
		await clock.settle();
		assert.equal(engine.calls('pullImage').length, 1);
		const {startAt: _, ...hurried} = item;
		demand({queuedTransfers: [hurried]});
		await clock.settle();
		assert.equal(engine.calls('pullImage').length, 2);
		engine.pullOf('image1:latest').fail(down);
		await clock.advance(200);
		demand({queuedTransfers: [], cancelledTransfers: ['t1']});
		await clock.advance(60_000);
		assert.equal(engine.calls('pullImage').length, 2);
		assert.deepEqual(
			told('engine/transfer-ended').map(({outcome}) => outcome),
			['cancelled'],
		);
		await feed.stop();
	});

	it('is waited for as long as it says, unless that is too long', async () => {
		for (const [retryAfterMs, isAwaited] of [
			[12_000, true],
			[3_600_000, false],
		] as const) {
			const registries = registriesThat(host =>
				Promise.reject(new RegistryError('rate-limited', host, 'slow down', {retryAfterMs})),
			);
			const {clock, engine, demand, told, feed} = await startHarness({registries});
			demand({queuedTransfers: pulls(1)});
			await clock.advance(100);
			engine.pullOf('image1:latest').fail(busy);
			const failedAt = clock.now();
			await clock.advance(200);
			const at = told('engine/transfer-delayed')[0]?.retry.at;
			if (isAwaited) assert.ok(at !== undefined && at - failedAt >= 12_000 && at - failedAt <= 15_100);
			else assert.equal(told('engine/transfer-ended')[0]?.outcome, 'failed');
			await feed.stop();
		}
	});

	it('is not asked again for reasons that will not pass', async () => {
		const reasons = [
			'denied: requested access to the resource is denied',
			'manifest unknown',
			'no space left on device',
		];
		for (const reason of reasons) {
			const {clock, engine, demand, told, feed} = await startHarness();
			demand({queuedTransfers: pulls(1)});
			await clock.advance(100);
			engine.pullOf('image1:latest').fail(new EngineError('api', reason));
			await clock.advance(60_000);
			assert.equal(told('engine/transfer-ended')[0]?.fault?.message, reason);
			assert.equal(engine.calls('pullImage').length, 1);
			await feed.stop();
		}
	});
});

describe('a pull that says a lot', () => {
	it('is told at most ten times a second: 100 layers, 2,000 lines a second for five seconds', async () => {
		const {clock, engine, demand, told, dispatches, feed} = await startHarness();
		demand({queuedTransfers: pulls(1)});
		await clock.advance(1000);
		const before = dispatches.length;
		for (let line = 0; line < 10_000; line += 1) {
			engine.pullOf('image1:latest').push({
				kind: 'layer',
				layerId: `layer-${line % 100}`,
				phase: 'downloading',
				status: 'Downloading',
				currentBytes: line * 1000,
				totalBytes: 100_000_000,
			});
			if (line % 20 === 19) await clock.advance(10);
		}
		const progress = dispatches
			.slice(before)
			.filter(({types}) => types.includes('engine/transfer-progressed'));
		assert.ok(progress.length <= 5 * 10 + 2, `${progress.length} in five seconds`);
		assert.ok(dispatches.length - before <= 5 * 10 + 2, `${dispatches.length - before} dispatches`);
		await clock.advance(200);
		assert.equal(told('engine/transfer-progressed').flatMap(message => message.progress).length, 10_000);
		await feed.stop();
	});
});
