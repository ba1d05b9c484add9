import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createBatch} from '../../source/feed/batch.ts';
import {openScope} from '../../source/feed/scope.ts';
import {msUntil} from '../../source/feed/ticker.ts';
import type {EngineMessage, Message} from '../../source/state/messages.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {startHarness} from './harness.ts';

const start = (n: number): EngineMessage => ({type: 'engine/transfer-started', id: String(n), at: 0});

const setup = () => {
	const clock = createFakeClock();
	const began = clock.now();
	const dispatched: {readonly at: number; readonly messages: readonly Message[]}[] = [];
	const batch = createBatch(clock, (...messages) => {
		dispatched.push({at: clock.now() - began, messages});
	});
	return {clock, batch, dispatched};
};

describe('the batch', () => {
	it('dispatches soon when it was quiet', async () => {
		const {clock, batch, dispatched} = setup();
		await clock.advance(5000);
		batch.post(start(1));
		await clock.advance(1000);
		assert.deepEqual(
			dispatched.map(({at}) => at),
			[5015],
		);
	});

	it('dispatches ten times a second under load, everything, in order', async () => {
		const {clock, batch, dispatched} = setup();
		for (let n = 0; n < 1000; n += 1) {
			batch.post(start(n));
			await clock.advance(1);
		}
		await clock.advance(100);
		assert.ok(dispatched.length <= 12, `${dispatched.length} in a second`);
		assert.deepEqual(
			dispatched.flatMap(({messages}) => messages),
			Array.from({length: 1000}, (_, n) => start(n)),
		);
	});

	it('asks its sources when it dispatches, and those of the beat only then', async () => {
		const {clock, batch, dispatched} = setup();
		batch.addSource('quick', () => [start(1)]);
		const remove = batch.addSource('beat', () => [start(2)]);
		batch.wake();
		await clock.advance(100);
		batch.beat({type: 'clock/ticked', now: 0}, true);
		remove();
		batch.beat({type: 'clock/ticked', now: 0}, true);
		assert.deepEqual(
			dispatched.map(({messages}) => messages.length),
			[1, 3, 2],
		);
	});

	it('is silent after it was stopped', async () => {
		const {clock, batch, dispatched} = setup();
		batch.post(start(1));
		batch.stop();
		batch.post(start(2));
		batch.flush();
		await clock.advance(1000);
		assert.deepEqual(dispatched, []);
		assert.equal(clock.timerCount(), 0);
	});
});

describe('the ticker', () => {
	it('ticks with each full second', async () => {
		const {clock, dispatches, feed} = await startHarness();
		await clock.advance(10_300);
		assert.deepEqual(
			dispatches.filter(({types}) => types.includes('clock/ticked')).map(({at}) => at),
			Array.from({length: 10}, (_, n) => (n + 1) * 1000),
		);
		await feed.stop();
	});

	it('ticks four times a second while a transfer runs', async () => {
		const {clock, store, dispatches, feed} = await startHarness();
		const at = clock.now();
		store.dispatch(
			{type: 'ui/transfer-requested', id: 't', reference: 'a:1', at},
			{type: 'engine/transfer-started', id: 't', at},
		);
		await clock.advance(1000);
		store.dispatch({type: 'engine/transfer-ended', id: 't', outcome: 'done', at});
		await clock.advance(2000);
		assert.deepEqual(
			dispatches.filter(({types}) => types.includes('clock/ticked')).map(each => each.at),
			[250, 500, 750, 1000, 2000, 3000],
		);
		await feed.stop();
	});

	it('aims at a phase of the period, and not at one that is all but over', () => {
		assert.equal(msUntil(10_000, 1000), 1000);
		assert.equal(msUntil(10_400, 1000), 600);
		assert.equal(msUntil(10_999, 1000), 1001);
		assert.equal(msUntil(10_000, 1000, 700), 700);
		assert.equal(msUntil(10_800, 1000, 700), 900);
	});
});

describe('a scope', () => {
	it('aborts with its reason, awaits, and takes no more work', async () => {
		const clock = createFakeClock();
		const errors: unknown[] = [];
		const scope = openScope(clock, error => errors.push(error));
		const reasons: unknown[] = [];
		scope.start(
			signal =>
				new Promise((_, reject) => {
					signal.addEventListener('abort', () => {
						reasons.push(signal.reason);
						reject(new Error('late'));
					});
				}),
		);
		scope.after(10, () => reasons.push('timer'));
		await scope.close('the end');
		assert.deepEqual(reasons, ['the end']);
		await assert.rejects(
			scope.call(async () => 1),
			error => error === 'the end',
		);
		scope.after(1, () => reasons.push('timer'));
		assert.equal(clock.timerCount(), 0);
		assert.deepEqual(errors, []);
	});

	it('hands the error of a task to its owner', async () => {
		const errors: unknown[] = [];
		const scope = openScope(createFakeClock(), error => errors.push(error));
		scope.start(async () => {
			throw new Error('boom');
		});
		await new Promise(resolve => setImmediate(resolve));
		assert.match(String(errors), /boom/);
	});
});
