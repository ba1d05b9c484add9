import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {logsDemandOf} from '../helpers/log-view.ts';
import {containerOf, idOf, imageOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

describe('connecting', () => {
	it('subscribes before it lists, and tells connection and containers in one dispatch', async () => {
		const {engine, dispatches, state, feed} = await startHarness({
			containers: [containerOf(1)],
			prepare(fake) {
				fake.hold('listImages');
			},
		});
		assert.equal(engine.open('events').length, 1);
		assert.deepEqual(
			dispatches.map(({at, types}) => ({at, types})),
			[
				{at: 0, types: ['engine/connecting']},
				{at: 0, types: ['engine/connected', 'engine/containers-listed']},
			],
		);
		assert.equal(state().engine.connection.status, 'live');
		assert.equal(state().images.loading.status, 'loading');
		await feed.stop();
	});

	it('lists the images at the same time', async () => {
		const {clock, state, feed} = await startHarness({images: [imageOf(1), imageOf(2)]});
		await clock.advance(20);
		assert.equal(state().images.byId.size, 2);
		await feed.stop();
	});

	it('asks for events from two seconds before the engine’s own time', async () => {
		const {clock, engine, feed} = await startHarness();
		assert.deepEqual(engine.calls('events')[0]?.options, {since: clock.now() - 2000});
		await feed.stop();
	});

	it('waits for the subscription before it lists', async () => {
		let release = (): void => {};
		const {clock, engine, feed} = await startHarness({
			prepare(fake) {
				release = fake.hold('events');
			},
		});
		assert.equal(engine.calls('listContainers').length, 0);
		release();
		await clock.settle();
		assert.equal(engine.calls('listContainers').length, 1);
		await feed.stop();
	});

	it('lists after a second when a proxy holds the headers of the event stream back', async () => {
		const {clock, engine, state, feed} = await startHarness({
			prepare(fake) {
				fake.hold('events');
			},
		});
		await clock.advance(1000);
		assert.equal(engine.calls('listContainers').length, 1);
		assert.equal(state().engine.connection.status, 'live');
		await feed.stop();
	});

	it('misses nothing that happens between subscription and list', async () => {
		let release = (): void => {};
		const {clock, engine, state, told, feed} = await startHarness({
			containers: [containerOf(1), containerOf(2)],
			prepare(fake) {
				release = fake.hold('listContainers');
			},
		});
		// The list was asked for and its answer is on the way: all of this is not in it.
		engine.change(idOf(1), {state: 'exited', exitCode: 3}, 'die');
		engine.containers.delete(idOf(2));
		engine.emit({action: 'destroy', actorId: idOf(2)});
		engine.containers.set(idOf(3), containerOf(3, {name: 'new'}));
		engine.emit({action: 'create', actorId: idOf(3)});
		await clock.settle();
		assert.equal(told('engine/events-arrived').length, 0, 'events wait for the list');
		release();
		await clock.advance(50);
		assert.deepEqual(
			[...state().containers.byId.values()].map(({name, state: at, exitCode}) => ({name, at, exitCode})),
			[
				{name: 'c1', at: 'exited', exitCode: 3},
				{name: 'new', at: 'running', exitCode: undefined},
			],
		);
		await feed.stop();
	});

	it('tells an event that is replayed after a reconnect only once', async () => {
		const {clock, engine, state, feed} = await startHarness({containers: [containerOf(1)]});
		engine.emit({action: 'start', actorId: idOf(1)});
		await clock.advance(20);
		engine.eventStream().end();
		await clock.advance(1100);
		assert.equal(engine.calls('events').length, 2);
		assert.equal(state().engine.connection.status, 'live');
		assert.deepEqual(
			state().events.map(event => event.action),
			['start'],
		);
		await feed.stop();
	});
});

describe('losing the connection', () => {
	it('tries again after 1, 2, 4, 8, 15, 15 s, with the engine’s words', async () => {
		const {clock, engine, told, feed} = await startHarness({
			prepare(fake) {
				fake.kill();
			},
		});
		await clock.advance(59_000);
		assert.deepEqual(
			told('engine/lost').map(({attempt, retryAt, fault}) => ({
				attempt,
				delay: retryAt - fault.at,
				kind: fault.kind,
			})),
			[1000, 2000, 4000, 8000, 15_000, 15_000, 15_000].map((delay, index) => ({
				attempt: index + 1,
				delay,
				kind: 'unreachable',
			})),
		);
		assert.equal(told('engine/lost')[0]?.fault.message, 'connect ECONNREFUSED /run/fake.sock');
		assert.equal(engine.calls('connect').length, 7);
		await feed.stop();
	});

	it('starts over with one second after it was live again', async () => {
		const {clock, engine, told, feed} = await startHarness({
			prepare(fake) {
				fake.kill();
			},
		});
		await clock.advance(3000);
		engine.revive();
		await clock.advance(4000);
		assert.equal(told('engine/connected').length, 1);
		engine.kill();
		await clock.settle();
		assert.equal(told('engine/lost').at(-1)?.attempt, 1);
		await feed.stop();
	});

	it('retries at once when the user wishes, and only then', async () => {
		const {clock, engine, state, demand, feed} = await startHarness({
			prepare(fake) {
				fake.kill();
			},
		});
		await clock.advance(8000);
		assert.equal(engine.calls('connect').length, 4);
		engine.revive();
		demand({details: []});
		await clock.settle();
		assert.equal(engine.calls('connect').length, 4);
		demand({retryCount: 1});
		await clock.settle();
		assert.equal(engine.calls('connect').length, 5);
		assert.equal(state().engine.connection.status, 'live');
		await clock.advance(20_000);
		assert.equal(engine.calls('connect').length, 5, 'the timer of the retry is off');
		await feed.stop();
	});

	for (const how of ['end', 'fail'] as const) {
		it(`sees the loss when the event stream ${how}s, and aborts everything of that connection`, async () => {
			const {clock, engine, state, told, feed} = await startHarness({
				containers: [containerOf(1)],
				demand: {fastStats: [idOf(1)]},
			});
			await clock.advance(1000);
			assert.deepEqual(engine.open('statsStream'), [idOf(1)]);
			if (how === 'end') engine.eventStream().end();
			else engine.eventStream().fail(new EngineError('unreachable', 'read ECONNRESET'));
			await clock.settle();
			assert.equal(told('engine/lost').length, 1);
			assert.equal(engine.openCount(), 0);
			assert.equal(state().containers.byId.size, 1, 'what was known stays');
			await feed.stop();
		});
	}

	it('tells what the engine still said before its loss, and nothing that comes late', async () => {
		const late = Promise.withResolvers<readonly []>();
		const {clock, engine, told, dispatches, feed} = await startHarness({
			prepare(fake) {
				// An answer that is under way when the connection is given up cannot always be stopped.
				Object.assign(fake, {listImages: () => late.promise});
			},
		});
		await clock.advance(500);
		engine.emit({action: 'create', actorId: idOf(1)});
		engine.eventStream().end();
		await clock.settle();
		const order = dispatches.flatMap(({types}) => types);
		assert.ok(order.includes('engine/events-arrived'));
		assert.ok(order.indexOf('engine/events-arrived') < order.indexOf('engine/lost'));
		late.resolve([]);
		await clock.advance(500);
		assert.equal(told('engine/images-listed').length, 0);
		await feed.stop();
	});

	it('lists anew after a reconnect', async () => {
		const {clock, engine, state, feed} = await startHarness({containers: [containerOf(1), containerOf(2)]});
		engine.kill();
		await clock.settle();
		engine.containers.delete(idOf(1));
		engine.containers.set(idOf(3), containerOf(3));
		engine.revive();
		await clock.advance(1000);
		assert.deepEqual([...state().containers.byId.keys()], [idOf(2), idOf(3)]);
		await feed.stop();
	});

	it('never tells an empty list for a list that failed', async () => {
		const {clock, engine, state, told, feed} = await startHarness({
			containers: [containerOf(1)],
			images: [imageOf(1)],
		});
		await clock.advance(20);
		engine.eventStream().end();
		engine.fail('listContainers', new EngineError('api', 'the disk is full'));
		await clock.advance(1000);
		assert.equal(told('engine/lost').at(-1)?.fault.message, 'the disk is full');
		assert.equal(told('engine/containers-listed').length, 1);
		engine.fail('listContainers');
		engine.fail('listImages', new EngineError('api', 'no such layer'));
		await clock.advance(2050);
		assert.equal(state().engine.connection.status, 'live');
		assert.equal(state().images.byId.size, 1);
		assert.deepEqual(
			told('engine/list-failed').map(({list, fault}) => [list, fault.message]),
			[['images', 'no such layer']],
		);
		engine.fail('listImages');
		engine.images.set(imageOf(2).id, imageOf(2));
		await clock.advance(10_500);
		assert.equal(state().images.byId.size, 2, 'it was tried again');
		await feed.stop();
	});

	it('pings a quiet engine every 15 s, and takes a failed ping for the loss', async () => {
		const {clock, engine, told, feed} = await startHarness();
		await clock.advance(14_000);
		assert.equal(engine.calls('ping').length, 0);
		engine.emit({action: 'create', actorId: idOf(1)});
		await clock.advance(14_500);
		assert.equal(engine.calls('ping').length, 0, 'an event is a sign of life');
		await clock.advance(1000);
		assert.equal(engine.calls('ping').length, 1);
		engine.fail('ping', new EngineError('unreachable', 'timed out'));
		await clock.advance(15_000);
		assert.equal(told('engine/lost').at(-1)?.fault.message, 'timed out');
		await feed.stop();
	});
});

describe('stopping', () => {
	for (const method of ['connect', 'events', 'listContainers', 'listImages', 'inspectContainer'] as const) {
		it(`leaves nothing behind while ${method} hangs`, async () => {
			const {clock, engine, feed, dispatches} = await startHarness({
				containers: [containerOf(1)],
				demand: {details: [idOf(1)], fastStats: [idOf(1)]},
				prepare(fake) {
					fake.hold(method);
				},
			});
			await feed.stop();
			assert.equal(engine.openCount(), 0);
			assert.equal(clock.timerCount(), 0);
			const count = dispatches.length;
			await clock.advance(60_000);
			assert.equal(dispatches.length, count);
		});
	}

	it('leaves nothing behind with everything open', async () => {
		const {clock, engine, feed, demand} = await startHarness({
			containers: [containerOf(1), containerOf(2), containerOf(3)],
		});
		demand({
			fastStats: [idOf(1)],
			measured: [idOf(2), idOf(3)],
			details: [idOf(1)],
			logs: logsDemandOf([{containerId: idOf(1), isRunning: true}]),
			document: {objectKind: 'container', objectId: idOf(1)},
			queuedTransfers: [{id: 't1', work: {kind: 'pull', reference: 'a:1'}, tries: 0}],
		});
		await clock.advance(500);
		assert.deepEqual(
			[engine.open('events'), engine.open('statsStream'), engine.open('logs'), engine.open('pullImage')].map(
				open => open.length,
			),
			[1, 1, 1, 1],
		);
		await feed.stop();
		assert.equal(engine.openCount(), 0);
		assert.equal(clock.timerCount(), 0);
	});

	it('leaves nothing behind while it waits for a retry', async () => {
		const {clock, feed} = await startHarness({
			prepare(fake) {
				fake.kill();
			},
		});
		await clock.advance(1500);
		await feed.stop();
		assert.equal(clock.timerCount(), 0);
	});
});
