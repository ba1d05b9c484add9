import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {Container, ContainerId, StatsCounters} from '../../source/engine/types.ts';
import {containerOf, countersAt, detailsOf, idOf} from '../helpers/objects.ts';
import {type Harness, startHarness} from './harness.ts';

const ids = (from: number, to: number) => Array.from({length: to - from}, (_, n) => idOf(from + n));
const running = (count: number) => Array.from({length: count}, (_, n) => containerOf(n));

/** What the kernel of this machine knows: which processes run here, and who read whose counters when. */
const createKernel = () => {
	const reads: {
		readonly id: ContainerId;
		readonly pid: number;
		readonly at: number;
		readonly isDetailed: boolean;
	}[] = [];
	const gone = new Set<number>();
	let clock: Harness['clock'] | undefined;
	const counters = (): StatsCounters => {
		const {cpuSystemNs: _, ...rest} = countersAt(clock?.now() ?? 0);
		return rest;
	};
	return {
		reads,
		/** This process is not here, or not any more. */
		end: (pid: number) => gone.add(pid),
		readsOf: (id: ContainerId) => reads.filter(read => read.id === id),
		open: ({id, details}: Container) => {
			const pid = details?.pid ?? 0;
			if (gone.has(pid)) return undefined;
			return (isDetailed = false) => {
				if (gone.has(pid)) return undefined;
				reads.push({id, pid, at: clock?.now() ?? 0, isDetailed});
				return counters();
			};
		},
		/** The harness with its engine on this machine. */
		async start(setup: Parameters<typeof startHarness>[0] = {}): Promise<Harness> {
			const harness = await startHarness({
				...setup,
				prepare: engine => {
					engine.openLocalStats = container => this.open(container);
					setup.prepare?.(engine);
				},
			});
			clock = harness.clock;
			return harness;
		},
	};
};

const askedOf = (engine: Harness['engine'], method: 'statsStream' | 'statsOnce' | 'inspectContainer') =>
	engine.calls(method).map(call => call.key);

/** A screen looks at these; what it demands is new as soon as it knows them better. */
const look = async ({clock, demand}: Harness, shown: readonly ContainerId[]): Promise<void> => {
	demand({fastStats: shown, details: shown});
	await clock.advance(100);
	demand({fastStats: [...shown], details: []});
	await clock.settle();
};

describe('statistics of containers on this machine', () => {
	it('are read without the engine, with a percentage half a second after the first look', async () => {
		const kernel = createKernel();
		const harness = await kernel.start({containers: running(10)});
		const {clock, engine, told, feed} = harness;
		const start = clock.now();
		await look(harness, ids(0, 10));
		await clock.advance(900);
		const percents = told('engine/stats-sampled').flatMap(({at, samples}) =>
			samples.map(({sample}) => ({at: at - start, percent: sample.cpuPercent})),
		);
		const first = percents.filter(({percent}) => percent !== undefined);
		assert.equal(first.filter(({at}) => at <= 550).length, 10, JSON.stringify(percents));
		for (const {percent} of first) assert.ok(Math.abs((percent ?? 0) - 50) < 0.01);
		assert.deepEqual([askedOf(engine, 'statsStream'), askedOf(engine, 'statsOnce')], [[], []]);
		await feed.stop();
	});

	it('are read in detail of the one whose statistics are open, and of no other', async () => {
		const kernel = createKernel();
		const {clock, demand, feed} = await kernel.start({containers: running(3)});
		demand({fastStats: ids(0, 3), details: ids(0, 3)});
		await clock.advance(3000);
		assert.equal(kernel.reads.filter(({isDetailed}) => isDetailed).length, 0);
		const before = kernel.reads.length;
		demand({fastStats: ids(0, 3), detailedStats: idOf(1)});
		await clock.advance(3000);
		const detailed = kernel.reads.slice(before).filter(({isDetailed}) => isDetailed);
		assert.ok(detailed.length >= 3);
		assert.deepEqual([...new Set(detailed.map(({id}) => id))], [idOf(1)]);
		await feed.stop();
	});

	it('are read and told each second for what is looked at', async () => {
		const kernel = createKernel();
		const {clock, told, demand, feed} = await kernel.start({containers: running(30)});
		demand({fastStats: ids(0, 30), details: ids(0, 30)});
		await clock.advance(3000);
		const [reads, tellings] = [kernel.reads.length, told('engine/stats-sampled').length];
		await clock.advance(10_000);
		assert.equal(kernel.reads.length - reads, 300);
		assert.equal(told('engine/stats-sampled').length - tellings, 10);
		demand({fastStats: []});
		await clock.advance(10_000);
		assert.equal(kernel.reads.length - reads, 300, 'nobody looks any more');
		await feed.stop();
	});

	it('are read every five seconds for the rest, which is inspected some at a time', async () => {
		const kernel = createKernel();
		const {clock, engine, feed} = await kernel.start({
			containers: running(60),
			demand: {measured: ids(0, 60)},
		});
		await clock.settle();
		assert.equal(askedOf(engine, 'inspectContainer').length, 25);
		await clock.advance(10_000);
		assert.equal(askedOf(engine, 'inspectContainer').length, 60);
		const before = kernel.reads.length;
		await clock.advance(20_000);
		for (const id of ids(0, 60)) assert.ok(kernel.readsOf(id).length >= 5, id);
		assert.equal(kernel.reads.length - before, (60 / 5) * 20);
		assert.deepEqual(askedOf(engine, 'statsOnce'), []);
		await feed.stop();
	});

	it('are read in turns that leave time for keys', async () => {
		const kernel = createKernel();
		const {clock, feed} = await kernel.start({
			containers: running(150),
			demand: {fastStats: ids(0, 150), details: ids(0, 150)},
		});
		await clock.advance(5000);
		const turns = Map.groupBy(kernel.reads, ({at}) => at);
		assert.ok(kernel.reads.length >= 600, `${kernel.reads.length}`);
		for (const [at, reads] of turns) assert.ok(reads.length <= 40, `${reads.length} at ${at}`);
		await feed.stop();
	});

	it('say nothing about the engine, which has to be asked whether it lives', async () => {
		const kernel = createKernel();
		const {clock, engine, feed} = await kernel.start({
			containers: running(1),
			demand: {fastStats: ids(0, 1), details: ids(0, 1)},
		});
		await clock.advance(120_000);
		assert.ok(engine.calls('ping').length > 0);
		await feed.stop();
	});

	it('end with the run, and begin anew with the next one’s process', async () => {
		const kernel = createKernel();
		const {clock, engine, told, feed} = await kernel.start({
			containers: [containerOf(0, {details: detailsOf({pid: 11})})],
			demand: {fastStats: ids(0, 1), details: ids(0, 1)},
		});
		await clock.advance(3000);
		kernel.end(11);
		engine.change(idOf(0), {details: detailsOf({pid: 12})}, 'die', 'start');
		const before = told('engine/stats-sampled').length;
		await clock.advance(3000);
		assert.deepEqual([...new Set(kernel.reads.map(({pid}) => pid))], [11, 12]);
		assert.deepEqual(askedOf(engine, 'statsStream'), []);
		const samples = told('engine/stats-sampled')
			.slice(before)
			.flatMap(each => each.samples);
		assert.ok(samples.length >= 3 && samples.at(-1)?.sample.cpuPercent !== undefined);
		await feed.stop();
	});

	it('are found again where the end of the run was not told', async () => {
		const kernel = createKernel();
		const {clock, engine, feed} = await kernel.start({
			containers: [containerOf(0, {details: detailsOf({pid: 11})})],
			demand: {fastStats: ids(0, 1), details: ids(0, 1)},
		});
		await clock.advance(3000);
		kernel.end(11);
		await clock.advance(5000);
		assert.deepEqual(engine.open('statsStream'), ids(0, 1), 'the engine is asked after a while');
		engine.change(idOf(0), {details: detailsOf({pid: 12})}, 'start');
		await clock.advance(3000);
		assert.deepEqual(engine.open('statsStream'), []);
		assert.equal(kernel.reads.at(-1)?.pid, 12);
		await feed.stop();
	});
});

describe('statistics of what cannot be read on this machine', () => {
	it('come from the engine, container by container', async () => {
		const kernel = createKernel();
		kernel.end(666);
		const {clock, engine, state, told, feed} = await kernel.start({
			containers: [...running(4), containerOf(4, {details: detailsOf({pid: 666})})],
			demand: {fastStats: ids(0, 5), details: ids(0, 5)},
		});
		await clock.advance(3000);
		assert.deepEqual(engine.open('statsStream'), [idOf(4)]);
		assert.deepEqual(new Set(kernel.reads.map(({id}) => id)), new Set(ids(0, 4)));
		assert.deepEqual(state().stats.sources, {local: 4, api: 1});
		assert.equal(told('engine/stats-source').length, 1, 'told only when it changes');
		await feed.stop();
	});

	it('come from the engine at once when it is elsewhere, with nobody inspected for them', async () => {
		const kernel = createKernel();
		kernel.end(100);
		const harness = await kernel.start({containers: running(60)});
		const {clock, engine, demand, feed} = harness;
		await look(harness, ids(0, 10));
		assert.deepEqual(engine.open('statsStream'), ids(0, 10));
		demand({measured: ids(10, 60)});
		await clock.advance(10_000);
		assert.equal(new Set(askedOf(engine, 'statsOnce')).size, 50);
		assert.equal(askedOf(engine, 'inspectContainer').length, 10);
		await feed.stop();
	});

	it('come from the engine after a while when it does not say which process it is', async () => {
		const kernel = createKernel();
		const {clock, engine, feed} = await kernel.start({
			containers: running(1),
			demand: {fastStats: ids(0, 1), details: ids(0, 1)},
			prepare: fake => fake.fail('inspectContainer', new EngineError('api', 'broken')),
		});
		await clock.advance(1000);
		assert.deepEqual(askedOf(engine, 'statsStream'), []);
		await clock.advance(3000);
		assert.deepEqual(engine.open('statsStream'), ids(0, 1));
		await feed.stop();
	});
});
