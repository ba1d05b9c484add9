import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {eventually, openDemo} from './demo-client.ts';

const list = 'GET /containers/json';

describe('faults of the embedded engine', () => {
	test('an error, as often as asked', async () => {
		await using demo = await openDemo();
		demo.engine.inject(/^GET \/containers\/json$/, {kind: 'error', status: 500, message: 'no'}, {times: 2});
		for (const status of [500, 500, 200]) assert.equal((await demo.ask(list)).status, status);
	});

	test('only what matches, until it is called off', async () => {
		await using demo = await openDemo();
		const callOff = demo.engine.inject(/containers/g, {kind: 'drop'});
		await assert.rejects(demo.ask(list), {code: 'ECONNRESET'});
		await assert.rejects(demo.ask(list), {code: 'ECONNRESET'});
		assert.equal((await demo.ask('GET /_ping')).status, 200);
		callOff();
		assert.equal((await demo.ask(list)).status, 200);
	});

	test('a body that ends early', async () => {
		await using demo = await openDemo();
		demo.engine.inject(/json/, {kind: 'truncate', afterBytes: 40}, {times: 1});
		await assert.rejects(demo.ask(list), {code: 'ECONNRESET'});
		assert.equal((await demo.ask(list)).status, 200);
	});

	test('a body that is no JSON', async () => {
		await using demo = await openDemo();
		demo.engine.inject(/json/, {kind: 'malformed'}, {times: 1});
		const broken = await demo.ask(list);
		assert.equal(broken.status, 200);
		assert.throws(() => broken.json, SyntaxError);
	});

	test('of a malformed stream every other line is whole', async () => {
		await using demo = await openDemo();
		demo.engine.inject(/stats/, {kind: 'malformed'});
		const stats = await demo.open('GET /containers/shop-db-1/stats');
		const lines = (): readonly string[] => stats.text().split('\n').slice(0, -1);
		await eventually(() => lines().length === 1);
		await demo.clock.advance(1000);
		await eventually(() => lines().length === 2);
		assert.throws(() => JSON.parse(lines()[0] ?? ''), SyntaxError);
		assert.equal(JSON.parse(lines()[1] ?? '').name, '/shop-db-1');
	});

	test('a slow body comes after its delay', async () => {
		await using demo = await openDemo();
		demo.engine.inject(/json/, {kind: 'slow', delayMs: 700});
		let isThere = false;
		const before = demo.clock.timerCount();
		const answer = demo.ask(list).finally(() => {
			isThere = true;
		});
		await eventually(() => demo.clock.timerCount() > before, 'the delay');
		await demo.clock.advance(699);
		assert.equal(isThere, false);
		await demo.clock.advance(1);
		assert.ok((await answer).json.length > 0);
	});

	test('frozen: no answer, and streams are silent, until it thaws', async () => {
		await using demo = await openDemo();
		const events = await demo.open('GET /events');
		const thaw = demo.engine.inject(/.*/, {kind: 'freeze'});
		let isThere = false;
		const answer = demo.ask('POST /containers/shop-web-1/pause').finally(() => {
			isThere = true;
		});
		await eventually(() => demo.engine.requests().length === 2, 'the request');
		await demo.clock.advance(10_000);
		assert.equal(isThere, false);
		assert.equal(events.text(), '');
		thaw();
		assert.equal((await answer).status, 204);
		await eventually(() => events.lines().some(event => event.Action === 'pause'), 'the event');
	});

	test('all connections dropped', async () => {
		await using demo = await openDemo();
		const events = await demo.open('GET /events');
		demo.engine.dropConnections();
		await eventually(events.hasEnded, 'the end of the stream');
		assert.equal((await demo.ask('GET /_ping')).status, 200);
	});
});
