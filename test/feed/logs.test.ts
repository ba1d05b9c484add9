import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {LogLine} from '../../source/engine/types.ts';
import {createLogCursor} from '../../source/feed/log-cursor.ts';
import {compareStamps} from '../../source/state/stamp.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {type Harness, startHarness} from './harness.ts';

const id = idOf(1);
const stampOf = (n: number): string => `2026-01-01T00:00:00.${String(n).padStart(9, '0')}Z`;
const lineOf = (n: number, text = `line ${n}`): LogLine => ({source: 'stdout', text, stamp: stampOf(n)});

const textsOf = ({told}: Harness): readonly string[] =>
	told('engine/logs-appended').flatMap(({lines}) => lines.map(line => line.text));

const viewing = {logs: {containerId: id, isRunning: true}};

describe('the log view', () => {
	it('opens with the last 1000 lines, framed as the container’s terminal says', async () => {
		const {engine, feed} = await startHarness({
			containers: [containerOf(1, {details: detailsOf({isTty: true})})],
			demand: viewing,
		});
		assert.deepEqual(engine.calls('logs')[0]?.options, {tail: 1000, follow: true, isTty: true});
		assert.equal(engine.calls('inspectContainer').length, 1, 'unknown until inspected');
		await feed.stop();
	});

	it('tells lines in chunks', async () => {
		const harness = await startHarness({containers: [containerOf(1)], demand: viewing});
		const {clock, engine, told, feed} = harness;
		await clock.advance(1000);
		for (let n = 0; n < 500; n += 1) engine.logOf(id).push(lineOf(n));
		await clock.advance(200);
		assert.equal(textsOf(harness).length, 500);
		assert.equal(told('engine/logs-appended').length, 1);
		await feed.stop();
	});

	it('goes on after a restart: no line lost, none twice', async () => {
		const harness = await startHarness({containers: [containerOf(1)], demand: viewing});
		const {clock, engine, told, demand, feed} = harness;
		engine.logOf(id).push(lineOf(1));
		engine.logOf(id).push(lineOf(2, 'first of two'));
		engine.logOf(id).push(lineOf(2, 'first of two'));
		await clock.advance(100);
		engine.change(id, {state: 'exited'}, 'die');
		engine.logOf(id).end();
		await clock.advance(200);
		assert.equal(told('engine/logs-ended').length, 1);
		assert.equal(told('engine/logs-ended')[0]?.fault, undefined);
		demand({logs: {containerId: id, isRunning: false}});
		await clock.advance(5000);
		assert.equal(engine.calls('logs').length, 1, 'it waits');

		engine.change(id, {state: 'running'}, 'start');
		await clock.settle();
		assert.deepEqual(engine.calls('logs')[1]?.options, {
			tail: 1000,
			follow: true,
			isTty: false,
			since: stampOf(2),
		});
		const log = engine.logOf(id);
		for (const line of [
			lineOf(2, 'first of two'),
			lineOf(2, 'first of two'),
			lineOf(2, 'third'),
			lineOf(3),
			lineOf(3),
		]) {
			log.push(line);
		}
		await clock.advance(200);
		assert.deepEqual(textsOf(harness), [
			'line 1',
			'first of two',
			'first of two',
			'third',
			'line 3',
			'line 3',
		]);
		assert.deepEqual(
			told('engine/logs-opened').map(({isReopened}) => isReopened),
			[false, true],
		);
		demand({logs: {containerId: id, isRunning: true}});
		await clock.advance(1000);
		assert.equal(engine.calls('logs').length, 2, 'the demand tells the same start again');
		await feed.stop();
	});

	it('goes on when the start is seen before the end of the old log', async () => {
		const {clock, engine, told, feed} = await startHarness({containers: [containerOf(1)], demand: viewing});
		await clock.advance(1000);
		engine.change(id, {state: 'exited'}, 'die');
		await clock.advance(100);
		const release = engine.hold('inspectContainer');
		engine.logOf(id).end();
		await clock.settle();
		// What the held inspect will say is old by now.
		engine.change(id, {state: 'running'}, 'start');
		await clock.settle();
		release();
		await clock.advance(300);
		assert.equal(engine.calls('logs').length, 2);
		assert.equal(told('engine/logs-ended').length, 0);

		engine.change(id, {state: 'exited'}, 'die');
		engine.logOf(id).end();
		await clock.advance(1000);
		assert.equal(engine.calls('logs').length, 2, 'one start opens once');
		assert.equal(told('engine/logs-ended').length, 1);
		await feed.stop();
	});

	it('goes on when only the demand tells the start', async () => {
		const {clock, engine, demand, feed} = await startHarness({
			containers: [containerOf(1, {state: 'exited'})],
			demand: {logs: {containerId: id, isRunning: false}},
		});
		engine.logOf(id).end();
		await clock.advance(500);
		engine.containers.set(id, containerOf(1));
		demand({logs: {containerId: id, isRunning: true}});
		await clock.settle();
		assert.equal(engine.calls('logs').length, 2);
		await feed.stop();
	});

	it('does not spin on a log that ends although its container runs', async () => {
		const {clock, engine, feed} = await startHarness({containers: [containerOf(1)], demand: viewing});
		for (let n = 0; n < 100; n += 1) {
			if (engine.open('logs').length > 0) engine.logOf(id).end();
			await clock.advance(10);
		}
		assert.ok(engine.calls('logs').length <= 5);
		await feed.stop();
	});

	it('goes on after a reconnect where it was', async () => {
		const harness = await startHarness({containers: [containerOf(1)], demand: viewing});
		const {clock, engine, feed} = harness;
		engine.logOf(id).push(lineOf(1));
		await clock.advance(100);
		engine.kill();
		await clock.settle();
		engine.revive();
		await clock.advance(1000);
		engine.logOf(id).push(lineOf(1));
		engine.logOf(id).push(lineOf(2));
		await clock.advance(100);
		assert.deepEqual(textsOf(harness), ['line 1', 'line 2']);
		await feed.stop();
	});

	it('begins anew when it was closed and opened, even in one turn or without an engine', async () => {
		const {clock, engine, told, demand, feed} = await startHarness({
			containers: [containerOf(1)],
			demand: viewing,
		});
		engine.logOf(id).push(lineOf(1));
		await clock.advance(100);
		const {logs: _, ...closed} = {logs: undefined};
		demand({...closed, ...{logs: undefined as never}});
		demand(viewing);
		await clock.advance(100);
		assert.equal(engine.open('logs').length, 1);
		assert.deepEqual(
			told('engine/logs-opened').map(({isReopened}) => isReopened),
			[false, false],
		);
		engine.kill();
		await clock.settle();
		demand({logs: undefined as never});
		demand(viewing);
		await clock.settle();
		engine.revive();
		await clock.advance(1000);
		assert.equal(told('engine/logs-opened').at(-1)?.isReopened, false);
		await feed.stop();
	});

	it('that cannot be read says why and stays closed', async () => {
		const {clock, engine, told, feed} = await startHarness({
			containers: [containerOf(1)],
			demand: viewing,
			prepare(fake) {
				fake.fail('logs', new EngineError('unsupported', 'logging driver does not support reading'));
			},
		});
		await clock.advance(10_000);
		assert.equal(told('engine/logs-ended').length, 1);
		assert.equal(told('engine/logs-ended')[0]?.fault?.message, 'logging driver does not support reading');
		assert.equal(engine.calls('logs').length, 1);
		await feed.stop();
	});

	it('of a container that is gone says so', async () => {
		const {clock, told, feed} = await startHarness({demand: viewing});
		await clock.advance(100);
		assert.equal(told('engine/logs-ended')[0]?.fault?.kind, 'not-found');
		await feed.stop();
	});

	it('that is closed leaves no stream', async () => {
		const {clock, engine, demand, feed} = await startHarness({containers: [containerOf(1)], demand: viewing});
		assert.equal(engine.open('logs').length, 1);
		demand({logs: undefined as never});
		await clock.settle();
		assert.equal(engine.open('logs').length, 0);
		await feed.stop();
	});
});

describe('the log cursor', () => {
	it('takes the latest stamp for its place when the outputs are out of order', () => {
		const cursor = createLogCursor();
		for (const n of [1, 3, 2]) assert.ok(cursor.isNew(lineOf(n)));
		assert.equal(cursor.since(), stampOf(3));
		cursor.rewind();
		assert.deepEqual(
			[3, 4].map(n => cursor.isNew(lineOf(n))),
			[false, true],
		);
	});

	it('keeps a piece without a stamp with its line', () => {
		const cursor = createLogCursor();
		const piece: LogLine = {source: 'stdout', text: 'rest'};
		assert.ok(cursor.isNew(lineOf(1)));
		assert.ok(cursor.isNew(piece));
		cursor.rewind();
		assert.ok(!cursor.isNew(lineOf(1)));
		assert.ok(!cursor.isNew(piece));
		assert.ok(cursor.isNew(lineOf(2)));
		assert.ok(cursor.isNew(piece));
	});

	it('counts on over two reopenings', () => {
		const cursor = createLogCursor();
		const read = (...numbers: readonly number[]) => numbers.map(n => cursor.isNew(lineOf(n)));
		read(1, 1);
		cursor.rewind();
		assert.deepEqual(read(1, 1, 1), [false, false, true]);
		cursor.rewind();
		assert.deepEqual(read(1, 1, 1, 1), [false, false, false, true]);
	});
});

describe('stamps', () => {
	const table = [
		['2026-01-01T00:00:00.000000001Z', '2026-01-01T00:00:00.000000002Z', -1],
		['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.100000000Z', 0],
		['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z', -1],
		['2026-01-01T02:00:00.5+02:00', '2026-01-01T00:00:00.5Z', 0],
		['2026-01-01T00:00:01-01:00', '2026-01-01T01:00:00Z', 1],
	] as const;
	for (const [left, right, sign] of table) {
		it(`${left} against ${right}: ${sign}`, () => {
			assert.equal(Math.sign(compareStamps(left, right)), sign);
			assert.equal(Math.sign(compareStamps(right, left)) + sign, 0);
		});
	}
});
