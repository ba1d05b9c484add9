import assert from 'node:assert/strict';
import {it} from 'node:test';
import {startFeed} from '../../source/feed/feed.ts';
import {initialState, reduce} from '../../source/state/reduce.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {createStore} from '../../source/state/store.ts';
import {emptyLogBuffer, logEntries} from '../../source/state/views/log-buffer.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {lineOf} from '../helpers/log-view.ts';
import {containerOf, countersAt, idOf, imageOf} from '../helpers/objects.ts';

it('with the real state: a day in short', async () => {
	const clock = createFakeClock();
	const engine = createFakeEngine(clock);
	for (let n = 1; n <= 5; n += 1) engine.containers.set(idOf(n), containerOf(n));
	engine.images.set(imageOf(1).id, imageOf(1));
	const facts = {
		place: {address: 'fake', source: 'test'},
		columns: 160,
		rows: 45,
		isReadOnly: false,
		now: clock.now(),
	};
	const store = createStore(initialState(facts), reduce);
	const feed = startFeed({engine, store, selectDemand, clock});
	const state = store.getState;
	const signal = new AbortController().signal;

	// What is on the screen is inspected and watched without anybody asking for it.
	await clock.advance(200);
	assert.equal(state().containers.byId.size, 5);
	assert.ok([...state().containers.byId.values()].every(({details}) => details !== undefined));
	assert.equal(engine.open('statsStream').length, 5);
	engine.statsOf(idOf(1)).push(countersAt(clock.now()));
	await clock.advance(1000);
	engine.statsOf(idOf(1)).push(countersAt(clock.now()));
	await clock.advance(1000);
	assert.ok(Math.abs((state().stats.byId.get(idOf(1))?.latest.cpuPercent ?? 0) - 50) < 0.01);

	// A stopped container is watched no longer.
	await engine.stopContainer(idOf(1), signal);
	await clock.advance(1500);
	assert.equal(state().containers.byId.get(idOf(1))?.state, 'exited');
	assert.equal(engine.open('statsStream').length, 4);
	assert.equal(state().stats.byId.has(idOf(1)), false);

	// A pull runs and its image appears.
	store.dispatch({type: 'ui/transfer-requested', id: 't', reference: 'image2:latest', at: clock.now()});
	await clock.advance(200);
	assert.equal(state().transfers.get('t')?.status, 'running');
	engine.images.set(imageOf(2).id, imageOf(2));
	engine.emit({type: 'image', action: 'pull', actorId: 'image2:latest'});
	engine.pullOf('image2:latest').end();
	await clock.advance(500);
	assert.equal(state().transfers.get('t')?.status, 'done');
	assert.equal(state().images.byId.size, 2);

	// A log is followed while it is read, and the statistics rest meanwhile.
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(2), tab: 'logs'}});
	await clock.settle();
	engine.logOf(idOf(2)).push(lineOf(1, {text: 'hello'}));
	await clock.advance(100);
	assert.deepEqual(
		[...logEntries(state().logs?.buffer ?? emptyLogBuffer)].map(({text}) => text),
		['hello'],
	);
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
	await clock.advance(2000);
	assert.deepEqual(engine.open('logs'), []);

	// The engine goes away and comes back with another truth.
	engine.kill();
	await clock.settle();
	assert.equal(state().engine.connection.status, 'reconnecting');
	assert.equal(state().containers.byId.size, 5);
	engine.containers.delete(idOf(5));
	engine.revive();
	store.dispatch({type: 'ui/retry-wanted'});
	await clock.settle();
	assert.equal(state().engine.connection.status, 'live');
	assert.equal(state().containers.byId.size, 4);

	await feed.stop();
	assert.equal(engine.openCount(), 0);
	assert.equal(clock.timerCount(), 0);
});
