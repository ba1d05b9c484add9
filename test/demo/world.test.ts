import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type DemoClient, eventually, openDemo} from './demo-client.ts';

const summaries = async (demo: DemoClient) => (await demo.ask('GET /containers/json?all=1')).json;
type Summary = {readonly Id: string; readonly State: string; readonly Names: readonly string[]};

describe('the world of the embedded engine', () => {
	test('the same seed is the same world, another one is not', async () => {
		await using one = await openDemo({seed: 7});
		await using same = await openDemo({seed: 7});
		await using other = await openDemo({seed: 8});
		assert.deepEqual(await summaries(same), await summaries(one));
		assert.notEqual((await summaries(other))[0].Id, (await summaries(one))[0].Id);
		await one.clock.advance(90_000);
		await same.clock.advance(90_000);
		assert.deepEqual(await summaries(same), await summaries(one));
	});

	test('has a bit of everything', async () => {
		await using demo = await openDemo();
		const all = await summaries(demo);
		const states = new Set(all.map(({State}: Summary) => State));
		assert.deepEqual(states, new Set(['running', 'paused', 'exited', 'created']));
		await demo.clock.advance(4000);
		const payments = all.find(({Names}: Summary) => Names[0] === '/shop-payments-1');
		assert.equal((await demo.ask(`GET /containers/${payments.Id}/json`)).json.State.Status, 'restarting');
		const shop = all.filter(
			(item: {Labels: Record<string, string>}) => item.Labels['com.docker.compose.project'] === 'shop',
		);
		assert.equal(shop.length, 9);
	});

	test('containers and images as many as asked', async () => {
		await using demo = await openDemo({containers: 500, images: 50});
		const all = await summaries(demo);
		assert.equal(all.length, 500);
		assert.equal(new Set(all.map(({Names}: Summary) => Names[0])).size, 500);
		const running = all.filter(({State}: Summary) => State === 'running').length;
		assert.ok(running > 400 && running < 490, String(running));
		assert.ok((await demo.ask('GET /images/json')).json.length >= 50);
	});

	test('a storm has as many events as asked, and what they tell is what there is', async () => {
		await using demo = await openDemo({containers: 100});
		const states = new Map<string, string>();
		for (const {Id, State} of await summaries(demo)) states.set(Id, State);
		const events = await demo.open('GET /events');
		const storm = demo.engine.storm({perSecond: 2000, seconds: 2});
		await demo.clock.advance(2100);
		await storm;
		await eventually(() => events.lines().length >= 4000, 'the last event');
		assert.ok(events.lines().length <= 4002);
		const stateAfter: Readonly<Record<string, string>> = {
			start: 'running',
			die: 'exited',
			pause: 'paused',
			unpause: 'running',
		};
		for (const {Type, Action, Actor} of events.lines())
			if (Type === 'container') states.set(Actor.ID, stateAfter[Action] ?? '');
		for (const {Id, State} of await summaries(demo)) assert.equal(states.get(Id), State);
	});

	test('a steady storm goes on until the engine stops', async () => {
		await using demo = await openDemo({containers: 50, eventsPerSecond: 100});
		const events = await demo.open('GET /events');
		await demo.clock.advance(3000);
		await eventually(() => events.lines().length >= 300, 'the events');
		assert.ok(events.lines().length < 320);
	});

	test('nothing is left that would keep a process alive', async () => {
		const demo = await openDemo();
		await demo.run('own', ['sh', '-c', 'while :; do sleep 1; done']);
		await demo.open('GET /containers/shop-db-1/stats');
		await demo.clock.advance(5000);
		await demo.engine.stop();
		await demo.clock.settle();
		assert.equal(demo.clock.timerCount(), 0);
	});
});
