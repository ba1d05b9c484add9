import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {TransferProgress} from '../../source/engine/types.ts';
import type {Demand} from '../../source/state/demand.ts';
import {startHarness} from './harness.ts';

const pulls = (...numbers: readonly number[]): Demand['queuedPulls'] =>
	numbers.map(n => ({id: `t${n}`, reference: `image${n}:latest`}));

const status: TransferProgress = {kind: 'status', status: 'Pulling from library/image1'};

const layer = (currentBytes: number): TransferProgress => ({
	kind: 'layer',
	layerId: 'abc',
	phase: 'downloading',
	status: 'Downloading',
	currentBytes,
	totalBytes: 100,
});

describe('pulls', () => {
	it('run three at a time, in the order in which they were asked for', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedPulls: pulls(1, 2, 3, 4, 5)});
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
		demand({queuedPulls: pulls(1)});
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
		demand({queuedPulls: pulls(1)});
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
		demand({queuedPulls: pulls(1, 2, 3, 4)});
		await clock.advance(100);
		assert.deepEqual(
			told('engine/transfer-ended').map(({id, outcome, fault}) => [id, outcome, fault?.kind]),
			['t1', 't2', 't3', 't4'].map(id => [id, 'failed', 'auth']),
		);
		await feed.stop();
	});

	it('are cancelled at the engine', async () => {
		const {clock, engine, demand, told, feed} = await startHarness();
		demand({queuedPulls: pulls(1)});
		await clock.advance(200);
		demand({queuedPulls: [], cancelledTransfers: ['t1']});
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
		demand({queuedPulls: pulls(1)});
		await clock.settle();
		demand({queuedPulls: [], cancelledTransfers: ['t1']});
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
		demand({queuedPulls: pulls(1, 2, 3, 4)});
		await clock.advance(200);
		demand({queuedPulls: pulls(4)});
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
