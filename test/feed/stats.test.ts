import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {isPollingQuick} from '../../source/feed/stats.ts';
import {containerOf, countersAt, idOf, infoOf} from '../helpers/objects.ts';
import {startHarness} from './harness.ts';

const ids = (from: number, to: number) => Array.from({length: to - from}, (_, n) => idOf(from + n));
const running = (count: number) => Array.from({length: count}, (_, n) => containerOf(n));

describe('quick polling', () => {
	const table = [
		['Docker', '1.41', false],
		['Docker', '1.43', false],
		['Docker', '1.44', true],
		['Docker', '1.51', true],
		['Docker', '2.0', true],
		['Podman', '1.41', true],
	] as const;
	for (const [product, apiVersion, expected] of table) {
		it(`${product} ${apiVersion}: ${expected}`, () => {
			assert.equal(isPollingQuick(infoOf({product, apiVersion})), expected);
		});
	}
});

describe('statistics of an engine before API 1.44', () => {
	it('are streamed for exactly what is looked at', async () => {
		const {clock, engine, demand, feed} = await startHarness({containers: running(10)});
		demand({fastStats: ids(0, 4)});
		await clock.settle();
		assert.deepEqual(engine.open('statsStream'), ids(0, 4));
		demand({fastStats: ids(2, 6)});
		await clock.settle();
		assert.deepEqual(
			engine.open('statsStream').toSorted(),
			ids(0, 6),
			'those that left have a second of grace',
		);
		await clock.advance(1000);
		assert.deepEqual(engine.open('statsStream').toSorted(), ids(2, 6));
		demand({fastStats: []});
		await clock.advance(1000);
		assert.deepEqual(engine.open('statsStream'), []);
		assert.equal(engine.calls('statsStream').length, 6);
		await feed.stop();
	});

	it('keep their stream when they come back within a second', async () => {
		const {clock, engine, demand, feed} = await startHarness({containers: running(2)});
		demand({fastStats: ids(0, 2)});
		await clock.advance(300);
		demand({fastStats: []});
		await clock.advance(900);
		demand({fastStats: ids(0, 2)});
		await clock.advance(5000);
		assert.equal(engine.calls('statsStream').length, 2);
		assert.equal(engine.open('statsStream').length, 2);
		await feed.stop();
	});

	it('are told once a second at most, the latest of each container, together with the tick', async () => {
		const {clock, engine, told, dispatches, feed} = await startHarness({
			containers: running(1),
			demand: {fastStats: ids(0, 1)},
		});
		const start = clock.now();
		for (let n = 0; n < 30; n += 1) {
			await clock.advance(100);
			engine.statsOf(idOf(0)).push(countersAt(clock.now() - start + 1));
		}
		await clock.settle();
		const sampled = told('engine/stats-sampled');
		assert.deepEqual(
			sampled.map(({at, samples}) => ({at: at - start, count: samples.length})),
			[1000, 2000, 3000].map(at => ({at, count: 1})),
		);
		assert.ok(Math.abs((sampled[1]?.samples[0]?.sample.cpuPercent ?? 0) - 50) < 0.01);
		for (const {types} of dispatches) {
			if (types.includes('engine/stats-sampled')) assert.ok(types.includes('clock/ticked'));
		}
		await feed.stop();
	});

	it('are asked one by one for the rest, each about every ten seconds', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: running(60),
			demand: {measured: ids(0, 60)},
		});
		await clock.advance(10_000);
		const before = engine.calls('statsOnce').length;
		await clock.advance(20_000);
		const counts = Map.groupBy(engine.calls('statsOnce').slice(before), call => call.key);
		assert.equal(counts.size, 60);
		for (const [id, calls] of counts)
			assert.ok(calls.length >= 1 && calls.length <= 3, `${id}: ${calls.length}`);
		assert.equal(engine.calls('statsStream').length, 0);
		assert.ok(engine.peak('statsOnce') <= 8);
		await feed.stop();
	});

	it('open a broken stream again, and one container’s trouble is nobody else’s', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: running(2),
			demand: {fastStats: ids(0, 2)},
		});
		engine.statsOf(idOf(0)).fail(new EngineError('not-found', 'No such container'));
		await clock.advance(100);
		assert.deepEqual(engine.open('statsStream'), [idOf(1)]);
		await clock.advance(1000);
		assert.equal(engine.open('statsStream').length, 2);
		assert.equal(told('engine/lost').length, 0);
		await feed.stop();
	});

	it('leave out a reading that comes right after another', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: running(1),
			demand: {fastStats: ids(0, 1)},
		});
		const at = clock.now();
		engine.statsOf(idOf(0)).push(countersAt(at));
		engine.statsOf(idOf(0)).push(countersAt(at + 20));
		await clock.advance(1000);
		assert.equal(told('engine/stats-sampled')[0]?.samples[0]?.sample.readAt, at);
		await feed.stop();
	});

	it('begin anew after the container stopped', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: running(1),
			demand: {fastStats: ids(0, 1)},
		});
		engine.statsOf(idOf(0)).push(countersAt(clock.now()));
		await clock.advance(1000);
		engine.statsOf(idOf(0)).push(countersAt(clock.now()));
		await clock.advance(1000);
		engine.change(idOf(0), {}, 'die', 'start');
		await clock.advance(500);
		engine.statsOf(idOf(0)).push(countersAt(clock.now()));
		await clock.advance(500);
		assert.deepEqual(
			told('engine/stats-sampled').map(({samples}) => samples[0]?.sample.cpuPercent !== undefined),
			[false, true, false],
		);
		await feed.stop();
	});

	it('take over the counters when a container moves between stream and single readings', async () => {
		const {clock, engine, told, demand, feed} = await startHarness({
			containers: running(1),
			demand: {fastStats: ids(0, 1)},
		});
		engine.statsOf(idOf(0)).push(countersAt(clock.now()));
		await clock.advance(1000);
		demand({fastStats: [], measured: ids(0, 1)});
		await clock.advance(12_000);
		assert.ok(told('engine/stats-sampled').at(-1)?.samples[0]?.sample.cpuPercent !== undefined);
		assert.equal(engine.open('statsStream').length, 0);
		await feed.stop();
	});
});

describe('statistics of an engine from API 1.44 on', () => {
	const info = {apiVersion: '1.45'};

	it('are asked each second for a few, four at a time, without a stream', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: running(10),
			info,
			demand: {fastStats: ids(0, 10)},
			prepare(fake) {
				const release = fake.hold('statsOnce');
				setImmediate(() => setImmediate(release));
			},
		});
		await clock.advance(10_000);
		const counts = Map.groupBy(engine.calls('statsOnce'), call => call.key);
		assert.equal(counts.size, 10);
		for (const calls of counts.values())
			assert.ok(calls.length >= 10 && calls.length <= 12, `${calls.length}`);
		assert.equal(engine.peak('statsOnce'), 4);
		assert.equal(engine.calls('statsStream').length, 0);
		assert.equal(told('engine/stats-sampled').length, 10);
		await feed.stop();
	});

	it('are asked every second time for many', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: running(40),
			info,
			demand: {fastStats: ids(0, 40)},
		});
		await clock.advance(10_000);
		const perContainer = engine.calls('statsOnce').length / 40;
		assert.ok(perContainer >= 5 && perContainer <= 6.5, `${perContainer}`);
		await feed.stop();
	});

	it('are asked now and then for the rest', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: running(50),
			info,
			demand: {measured: ids(0, 50)},
		});
		await clock.advance(10_000);
		const before = engine.calls('statsOnce').length;
		assert.ok(before >= 100, 'two readings of each soon, for a percentage');
		await clock.advance(20_000);
		const perContainer = (engine.calls('statsOnce').length - before) / 50;
		assert.ok(perContainer >= 1.5 && perContainer <= 2.5, `${perContainer}`);
		await feed.stop();
	});

	it('come at once for what is scrolled onto the screen', async () => {
		const {clock, engine, demand, feed} = await startHarness({
			containers: running(10),
			info,
			demand: {fastStats: ids(0, 2)},
		});
		await clock.advance(5100);
		const before = engine.calls('statsOnce').length;
		demand({fastStats: ids(1, 4)});
		await clock.settle();
		assert.deepEqual(
			engine
				.calls('statsOnce')
				.slice(before)
				.map(call => call.key),
			ids(2, 4),
		);
		await feed.stop();
	});

	it('are not asked twice while an answer is out', async () => {
		const {clock, engine, feed} = await startHarness({
			containers: running(2),
			info,
			demand: {fastStats: ids(0, 2)},
			prepare(fake) {
				fake.hold('statsOnce');
			},
		});
		await clock.advance(10_000);
		assert.equal(engine.calls('statsOnce').length, 2);
		await feed.stop();
	});

	it('stop when nobody looks', async () => {
		const {clock, engine, demand, feed} = await startHarness({
			containers: running(5),
			info,
			demand: {fastStats: ids(0, 3), measured: ids(3, 5)},
		});
		await clock.advance(3000);
		demand({fastStats: [], measured: []});
		await clock.settle();
		const before = engine.calls('statsOnce').length;
		await clock.advance(30_000);
		assert.equal(engine.calls('statsOnce').length, before);
		await feed.stop();
	});

	it('survive the failure of one', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: running(2),
			info,
			demand: {fastStats: ids(0, 3)},
		});
		await clock.advance(1000);
		assert.deepEqual(
			told('engine/stats-sampled')[0]?.samples.map(({id}) => id),
			ids(0, 2),
		);
		assert.equal(engine.calls('statsOnce').filter(call => call.key === idOf(2)).length, 2);
		assert.equal(told('engine/lost').length, 0);
		await feed.stop();
	});
});
