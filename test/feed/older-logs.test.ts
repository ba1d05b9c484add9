import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startFeed} from '../../source/feed/feed.ts';
import {initialState, reduce} from '../../source/state/reduce.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {createStore} from '../../source/state/store.ts';
import {emptyLogBuffer, logEntries} from '../../source/state/views/log-buffer.ts';
import {createFakeClock} from '../helpers/clock.ts';
import {createFakeEngine} from '../helpers/fake-engine.ts';
import {lineOf, stampOf} from '../helpers/log-view.ts';
import {containerOf, idOf} from '../helpers/objects.ts';

const id = idOf(1);

/** A log on the screen with the lines 100 to 149, at its top. */
const atTheTop = async () => {
	const clock = createFakeClock();
	const engine = createFakeEngine(clock);
	engine.containers.set(id, containerOf(1));
	const place = {address: 'fake', source: 'test'};
	const facts = {place, columns: 100, rows: 20, isReadOnly: false, now: clock.now()};
	const store = createStore(initialState(facts), reduce);
	const feed = startFeed({engine, store, selectDemand, clock});
	await clock.advance(1000);
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'container', containerId: id, tab: 'logs'}});
	await clock.settle();
	for (let n = 100; n < 150; n += 1) engine.logOf(id).push(lineOf(n));
	await clock.advance(200);
	store.dispatch({type: 'ui/scrolled', movement: {kind: 'start'}});
	await clock.settle();
	const texts = () => [...logEntries(store.getState().logs?.buffer ?? emptyLogBuffer)].map(({text}) => text);
	return {clock, engine, store, feed, texts};
};

test('the page before is asked for with a tail that reaches over what is known, and joined without doubles', async () => {
	const {clock, engine, store, feed, texts} = await atTheTop();
	const {options} = engine.calls('logs').at(-1) ?? {};
	assert.deepEqual(options, {tail: 1050, until: stampOf(100), follow: false, isTty: false});
	for (let n = 90; n <= 100; n += 1) engine.logOf(id).push(lineOf(n));
	engine.logOf(id).end();
	await clock.advance(200);
	assert.equal(texts().length, 60);
	assert.deepEqual(
		texts().slice(0, 12),
		Array.from({length: 12}, (_, n) => `line ${90 + n}`),
	);
	assert.equal(store.getState().logs?.older, 'idle');
	await feed.stop();
	assert.equal(engine.openCount(), 0);
});

test('an answer without an older line is asked for once more, then that was the start', async () => {
	const {clock, engine, store, feed, texts} = await atTheTop();
	engine.logOf(id).push(lineOf(100));
	engine.logOf(id).end();
	await clock.settle();
	assert.equal(engine.calls('logs').length, 3);
	engine.logOf(id).push(lineOf(100));
	engine.logOf(id).end();
	await clock.advance(200);
	assert.equal(store.getState().logs?.older, 'start');
	assert.equal(texts().length, 50);
	store.dispatch({type: 'ui/scrolled', movement: {kind: 'start'}});
	await clock.settle();
	assert.equal(engine.calls('logs').length, 3, 'it does not ask again');
	await feed.stop();
});

test('several lines of one stamp: those that are known are not taken for older ones', async () => {
	const {clock, engine, feed, texts} = await atTheTop();
	for (const text of ['same a', 'same b', 'line 100']) engine.logOf(id).push(lineOf(100, {text}));
	engine.logOf(id).end();
	await clock.advance(200);
	assert.deepEqual(texts().slice(0, 4), ['same a', 'same b', 'line 100', 'line 101']);
	await feed.stop();
});
