import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {startFeed} from '../../source/feed/feed.ts';
import type {Demand} from '../../source/state/demand.ts';
import {reduce} from '../../source/state/reduce.ts';
import {createStore} from '../../source/state/store.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {imageOf} from '../helpers/objects.ts';
import {worldOf} from '../state/world.ts';

const noDemand: Demand = {
	fastStats: [],
	measured: [],
	details: [],
	queuedTransfers: [],
	transferLimit: 3,
	cancelledTransfers: [],
	retryCount: 0,
};

const start = async () => {
	const clock = createFakeClock();
	const there = createFakeEngine(clock);
	const image = imageOf(1);
	there.images.set(image.id, image);
	const store = createStore(worldOf(), reduce);
	let demand = noDemand;
	const feed = startFeed({
		engine: createFakeEngine(clock),
		store,
		selectDemand: () => demand,
		clock,
		openEngine: id => {
			if (id !== 'context:there') throw new EngineError('unsupported', `no engine is called ${id}`);
			return there;
		},
	});
	await clock.settle();
	return {
		clock,
		there,
		feed,
		target: () => store.getState().moveTarget,
		ask: async (engineId?: string) => {
			demand = {...noDemand, ...(engineId !== undefined && {moveTarget: {engineId}})};
			store.dispatch({type: 'ui/retry-wanted'});
			await clock.advance(200);
		},
	};
};

suite('the engine that something is to be sent to', () => {
	test('tells what it is and has, is left then, and forgotten with the question', async () => {
		const {there, feed, target, ask} = await start();
		await ask('context:there');
		const known = target();
		assert.equal(known?.status === 'known' && known.info.name, 'fake');
		assert.equal(known?.status === 'known' && known.images.length, 1);
		assert.equal(there.isClosed(), true);
		await ask();
		assert.equal(target(), undefined);
		await feed.stop();
	});

	test('that does not answer, or is none, is told as that', async () => {
		const {there, feed, target, ask} = await start();
		there.fail('connect', new EngineError('unreachable', 'no socket there'));
		await ask('context:there');
		const failed = target();
		assert.equal(failed?.status === 'failed' && failed.fault.message, 'no socket there');
		assert.equal(there.isClosed(), true);
		await ask('context:nowhere');
		const unknown = target();
		assert.equal(
			unknown?.status === 'failed' && unknown.fault.message,
			'no engine is called context:nowhere',
		);
		await feed.stop();
	});

	test('whose answer nobody waits for any more is not heard', async () => {
		const {there, feed, target, ask, clock} = await start();
		const release = there.hold('connect');
		await ask('context:there');
		assert.deepEqual(there.open('connect'), ['']);
		await ask();
		assert.deepEqual(there.open('connect'), []);
		release();
		await clock.advance(500);
		assert.equal(target(), undefined);
		await feed.stop();
	});
});
