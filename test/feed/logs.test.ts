import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import type {LogLine} from '../../source/engine/types.ts';
import {createLogCursor, type LogCursor} from '../../source/feed/log-cursor.ts';
import {compareStamps} from '../../source/state/stamp.ts';
import {lineOf as line, logsDemandOf, requestOf, stampOf} from '../helpers/log-view.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {type Harness, startHarness} from './harness.ts';

const id = idOf(1);
const lineOf = (n: number, text = `line ${n}`): LogLine => line(n, {text});

const textsOf = ({told}: Harness): readonly string[] =>
	told('engine/logs-appended').flatMap(({parts}) => parts.flatMap(({lines}) => lines.map(({text}) => text)));

const request = requestOf([{containerId: id, isRunning: true}]);
const logsOf = (isRunning: boolean) => ({logs: logsDemandOf([{containerId: id, isRunning}], request)});
const viewing = logsOf(true);

describe('the log view', () => {
	it('opens with the last 500 lines, framed as the container’s terminal says', async () => {
		const {engine, feed} = await startHarness({
			containers: [containerOf(1, {details: detailsOf({isTty: true})})],
			demand: viewing,
		});
		assert.deepEqual(engine.calls('logs')[0]?.options, {tail: 500, follow: true, isTty: true});
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
		demand(logsOf(false));
		await clock.advance(5000);
		assert.equal(engine.calls('logs').length, 1, 'it waits');

		engine.change(id, {state: 'running'}, 'start');
		await clock.settle();
		assert.deepEqual(engine.calls('logs')[1]?.options, {
			tail: 20_000,
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
		assert.equal(told('engine/logs-opened').length, 2);
		demand(logsOf(true));
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
			demand: logsOf(false),
		});
		engine.logOf(id).end();
		await clock.advance(500);
		engine.containers.set(id, containerOf(1));
		demand(logsOf(true));
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

	it('goes on where it was when it was hidden for a while, and begins anew for another view', async () => {
		const harness = await startHarness({containers: [containerOf(1)], demand: viewing});
		const {clock, engine, demand, feed} = harness;
		engine.logOf(id).push(lineOf(1));
		await clock.advance(100);
		demand({logs: undefined as never});
		await clock.settle();
		assert.equal(engine.open('logs').length, 0);
		demand(viewing);
		await clock.settle();
		engine.logOf(id).push(lineOf(1));
		engine.logOf(id).push(lineOf(2));
		await clock.advance(100);
		assert.deepEqual(textsOf(harness), ['line 1', 'line 2']);

		engine.kill();
		await clock.settle();
		demand({logs: logsDemandOf([{containerId: id, isRunning: true}])});
		await clock.settle();
		engine.revive();
		await clock.advance(1000);
		assert.deepEqual(engine.calls('logs').at(-1)?.options, {tail: 500, follow: true, isTty: false});
		await feed.stop();
	});

	it('says where lines may be missing after it was away: the last one seen does not come again', async () => {
		const harness = await startHarness({containers: [containerOf(1)], demand: viewing});
		const {clock, engine, feed} = harness;
		engine.logOf(id).push(lineOf(1));
		await clock.advance(100);
		engine.kill();
		await clock.settle();
		engine.revive();
		await clock.advance(1000);
		engine.logOf(id).push(lineOf(90));
		engine.logOf(id).push(lineOf(91));
		await clock.advance(100);
		const [first, gap, ...rest] = textsOf(harness);
		assert.equal(first, 'line 1');
		assert.match(gap ?? '', /^lines may be missing here/);
		assert.deepEqual(rest, ['line 90', 'line 91']);
		await feed.stop();
	});

	it('of a range is read from then on, with a tail nevertheless', async () => {
		const members = [{containerId: id, isRunning: true}];
		const {engine, clock, feed} = await startHarness({
			containers: [containerOf(1)],
			demand: {logs: logsDemandOf(members, requestOf(members, {range: '5m'}))},
		});
		const since = new Date(clock.now() - 300_000).toISOString();
		assert.deepEqual(engine.calls('logs')[0]?.options, {tail: 50_000, since, follow: true, isTty: false});
		await feed.stop();
	});

	it('of several is one stream each, told in one message; who leaves and joins later too', async () => {
		const both = [1, 2].map(n => ({containerId: idOf(n), isRunning: true}));
		const shared = requestOf(both);
		const {clock, engine, told, demand, feed} = await startHarness({
			containers: [containerOf(1), containerOf(2), containerOf(3)],
			demand: {logs: logsDemandOf(both, shared)},
		});
		await clock.advance(1000);
		engine.logOf(idOf(1)).push(lineOf(2));
		engine.logOf(idOf(2)).push(lineOf(1));
		await clock.advance(200);
		const [{parts = []} = {}] = told('engine/logs-appended');
		assert.deepEqual(
			parts.map(({containerId, lines}) => [containerId, lines.length]),
			[
				[idOf(1), 1],
				[idOf(2), 1],
			],
		);
		demand({
			logs: logsDemandOf(
				[2, 3].map(n => ({containerId: idOf(n), isRunning: true})),
				shared,
			),
		});
		await clock.settle();
		assert.deepEqual(engine.open('logs'), [idOf(2), idOf(3)]);
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
	const sights = (cursor: LogCursor, ...numbers: readonly number[]) =>
		numbers.map(n => cursor.sight(lineOf(n)));

	it('takes the latest stamp for its place when the outputs are out of order', () => {
		const cursor = createLogCursor();
		assert.deepEqual(sights(cursor, 1, 3, 2), ['new', 'new', 'new']);
		assert.equal(cursor.since(), stampOf(3));
		cursor.rewind();
		assert.deepEqual(sights(cursor, 3, 4), ['seen', 'new']);
	});

	it('keeps a piece without a stamp with its line', () => {
		const cursor = createLogCursor();
		const piece = line(1, {stamp: ''});
		assert.deepEqual([cursor.sight(lineOf(1)), cursor.sight(piece)], ['new', 'new']);
		cursor.rewind();
		assert.deepEqual([cursor.sight(lineOf(1)), cursor.sight(piece)], ['seen', 'seen']);
		assert.deepEqual([cursor.sight(lineOf(2)), cursor.sight(piece)], ['new', 'new']);
	});

	it('counts on over two reopenings', () => {
		const cursor = createLogCursor();
		sights(cursor, 1, 1);
		cursor.rewind();
		assert.deepEqual(sights(cursor, 1, 1, 1), ['seen', 'seen', 'new']);
		cursor.rewind();
		assert.deepEqual(sights(cursor, 1, 1, 1, 1), ['seen', 'seen', 'seen', 'new']);
	});

	it('sees a gap where the last line does not come again, once', () => {
		const cursor = createLogCursor();
		sights(cursor, 1, 2);
		cursor.rewind();
		assert.deepEqual(sights(cursor, 7, 8), ['after-gap', 'new']);
		cursor.rewind();
		assert.deepEqual(sights(cursor, 8, 9), ['seen', 'new']);
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
