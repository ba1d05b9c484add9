import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Container, StatsSample} from '../../source/engine/types.ts';
import {recentOf} from '../../source/state/history/past.ts';
import type {Message} from '../../source/state/messages.ts';
import {eventsKept, type State} from '../../source/state/model.ts';
import {selectHeader} from '../../source/state/selectors/header.ts';
import {containerOf, detailsOf, idOf, infoOf} from '../helpers/objects.ts';
import {after, now, place, worldOf} from './world.ts';

const fault = {kind: 'unreachable', message: 'gone', at: now} as const;
const listed = (...containers: readonly Container[]): Message => ({
	type: 'engine/containers-listed',
	containers,
});
const changed = (...containers: readonly Container[]): Message => ({
	type: 'engine/containers-changed',
	changed: containers,
	removed: [],
});
const removed = (...ids: readonly Container['id'][]): Message => ({
	type: 'engine/containers-changed',
	changed: [],
	removed: ids,
});

const sampleOf = (facts: Partial<StatsSample> = {}): StatsSample => ({
	readAt: now,
	intervalMs: 1000,
	memoryBytes: 0,
	memoryLimitBytes: 0,
	netReceivedBytes: 0,
	netSentBytes: 0,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	netReceiveRate: 0,
	netSendRate: 0,
	blockReadRate: 0,
	blockWriteRate: 0,
	pids: 1,
	...facts,
});
const sampled = (n: number, facts: Partial<StatsSample> = {}): Message => ({
	type: 'engine/stats-sampled',
	samples: [{id: idOf(n), sample: sampleOf(facts)}],
	at: now,
});

suite('a container list', () => {
	const details = detailsOf({startedAt: now});
	const inspected = after(worldOf({containers: [containerOf(1)]}), changed(containerOf(1, {details})));
	const detailsAfter = (message: Message): unknown =>
		after(inspected, message).containers.byId.get(idOf(1))?.details;

	test('keeps the details of what it describes as before, or only in other words', () => {
		assert.equal(detailsAfter(listed(containerOf(1))), details);
		assert.equal(detailsAfter(listed(containerOf(1, {statusText: 'Up 2 minutes'}))), details);
		const renamed = after(inspected, listed(containerOf(1, {name: 'new'})));
		assert.equal(renamed.containers.byId.get(idOf(1))?.name, 'new');
	});

	test('drops the details of what has changed its state', () => {
		assert.equal(detailsAfter(listed(containerOf(1, {state: 'exited'}))), undefined);
	});

	test('is the full truth: what is not in it is gone', () => {
		const next = after(inspected, listed(containerOf(2)));
		assert.deepEqual([...next.containers.byId.keys()], [idOf(2)]);
		assert.deepEqual(next.containers.loading, {status: 'ready'});
	});

	test('that fails keeps what is known and says why', () => {
		const next = after(inspected, {type: 'engine/list-failed', list: 'containers', fault});
		assert.equal(next.containers.byId.size, 1);
		assert.deepEqual(next.containers.loading, {status: 'failed', fault});
		assert.deepEqual(next.images.loading, {status: 'ready'});
	});

	test('that comes after one that failed is ready again, same as before or not', () => {
		const failed = after(inspected, {type: 'engine/list-failed', list: 'containers', fault});
		assert.equal(after(failed, listed(containerOf(1))).containers.loading.status, 'ready');
	});
});

suite('containers', () => {
	const two = worldOf({containers: [containerOf(1), containerOf(2)]});

	test('that changed are replaced, new ones added, removed ones taken away', () => {
		const next = after(two, {
			type: 'engine/containers-changed',
			changed: [containerOf(1, {state: 'paused'}), containerOf(3)],
			removed: [idOf(2)],
		});
		assert.deepEqual(
			[...next.containers.byId.values()].map(({name, state}) => `${name} ${state}`),
			['c1 paused', 'c3 running'],
		);
	});

	test('lose their details with a new connection: nobody saw what happened in between', () => {
		const inspected = after(two, changed(containerOf(1, {details: detailsOf()})));
		const again = after(inspected, {type: 'engine/connected', info: infoOf(), place, at: now});
		assert.equal(again.containers.byId.get(idOf(1))?.details, undefined);
		assert.equal(again.containers.byId.size, 2);
	});
});

suite('statistics', () => {
	const world = worldOf({containers: [containerOf(1), containerOf(2)]});
	const both = after(
		world,
		sampled(1, {cpuPercent: 50, memoryBytes: 100}),
		sampled(2, {cpuPercent: 25, memoryBytes: 10}),
	);
	const header = (state: State): readonly number[] => {
		const {cpuPercent, memoryBytes} = selectHeader(state);
		return [cpuPercent, memoryBytes];
	};

	test('are summed over the containers', () => {
		assert.deepEqual(header(both), [75, 110]);
	});

	test('of a first reading have no share of the processor, and count as none', () => {
		const first = after(world, sampled(1, {memoryBytes: 100}));
		const track = first.stats.tracks.get(idOf(1));
		assert.deepEqual(track && recentOf(track, 0, 9), [Number.NaN]);
		assert.deepEqual(header(first), [0, 100]);
	});

	const ends: readonly (readonly [string, Message])[] = [
		['stops', changed(containerOf(1, {state: 'exited'}))],
		['is removed', removed(idOf(1))],
		['is not in the list', listed(containerOf(2))],
		['is listed as stopped', listed(containerOf(1, {state: 'exited'}), containerOf(2))],
	];
	for (const [what, message] of ends) {
		test(`are dropped when the container ${what}`, () => {
			const next = after(both, message);
			assert.deepEqual([...next.stats.byId.keys()], [idOf(2)]);
		});
	}

	test('stay while it is paused', () => {
		const next = after(both, changed(containerOf(1, {state: 'paused'})));
		assert.equal(next.stats.byId.size, 2);
	});

	test('that come after the end of the container are not taken', () => {
		const stopped = after(both, changed(containerOf(1, {state: 'exited'})));
		assert.equal(after(stopped, sampled(1, {cpuPercent: 99})), stopped);
		assert.equal(after(world, sampled(9)), world);
	});

	test('sum up to nothing when the last container stops', () => {
		const none = after(both, removed(idOf(1)), changed(containerOf(2, {state: 'exited'})));
		assert.deepEqual(header(none), [0, 0]);
	});

	test('leave their past behind when the container stops, and take it away with the container', () => {
		const stopped = after(both, changed(containerOf(1, {state: 'exited'})));
		assert.deepEqual([...stopped.stats.tracks.keys()], [idOf(1), idOf(2)]);
		assert.deepEqual([...after(stopped, removed(idOf(1))).stats.tracks.keys()], [idOf(2)]);
	});

	test('keep the past of a container that vanishes while its screen is open', () => {
		const screen = {kind: 'container', containerId: idOf(1), tab: 'stats'} as const;
		const gone = after(both, {type: 'ui/screen-opened', screen}, removed(idOf(1)));
		assert.equal(gone.stats.tracks.has(idOf(1)), true);
		const left = after(gone, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}, listed(containerOf(2)));
		assert.equal(left.stats.tracks.has(idOf(1)), false);
	});
});

suite('events', () => {
	const events = (from: number, count: number): Message => ({
		type: 'engine/events-arrived',
		events: Array.from({length: count}, (_, n) => ({
			type: 'container',
			action: 'start',
			actorId: idOf(1),
			attributes: {},
			at: now,
			timeNano: String(from + n),
		})),
	});

	test('are kept up to a number, the newest', () => {
		const next = after(worldOf(), events(0, eventsKept - 1), events(eventsKept - 1, 3));
		assert.equal(next.events.length, eventsKept);
		assert.equal(next.events[0]?.timeNano, '2');
		assert.equal(next.events.at(-1)?.timeNano, String(eventsKept + 1));
	});
});

suite('the connection', () => {
	const lost = (at: number, attempt: number): Message => ({
		type: 'engine/lost',
		fault: {...fault, at},
		attempt,
		retryAt: at + 1000,
	});

	test('remembers since when it is lost, over all tries', () => {
		const first = after(
			worldOf({containers: [containerOf(1)]}),
			{type: 'clock/ticked', now: now + 5},
			lost(now + 5, 1),
		);
		const second = after(
			first,
			{type: 'engine/connecting'},
			{type: 'clock/ticked', now: now + 2000},
			lost(now + 2000, 2),
		);
		assert.deepEqual(second.engine.connection, {
			status: 'reconnecting',
			fault: {...fault, at: now + 2000},
			attempt: 2,
			lostAt: now + 5,
			retryAt: now + 3000,
		});
		assert.equal(second.containers.byId.size, 1);
	});

	test('has no time of the next try while one is under way', () => {
		const trying = after(worldOf(), lost(now, 1), {type: 'engine/connecting'});
		assert.equal('retryAt' in trying.engine.connection, false);
	});

	test('keeps trying for the first time', () => {
		const {connection} = after(worldOf(), {type: 'engine/connecting'}).engine;
		assert.equal(connection.status, 'live');
	});
});

suite('a busy row', () => {
	const target = idOf(1);
	const world = worldOf({containers: [containerOf(1)]});
	const start = (actionId = 1): Message => ({
		type: 'ui/action-started',
		kind: 'container',
		actionId,
		target,
		verb: 'stopping',
	});
	const settle = (facts: {readonly actionId?: number; readonly isFailed?: boolean} = {}): Message => ({
		type: 'ui/action-settled',
		actionId: 1,
		target,
		isFailed: false,
		until: now + 3000,
		...facts,
	});
	const fact = changed(containerOf(1, {state: 'exited'}));
	const tick = (ms: number): Message => ({type: 'clock/ticked', now: now + ms});

	const cases: readonly (readonly [what: string, messages: readonly Message[], isBusy: boolean])[] = [
		['is busy from the start', [start()], true],
		['stays so when the engine has answered but nothing was seen of it', [start(), settle()], true],
		['is free when the event comes after the answer', [start(), settle(), fact], false],
		['stays busy when the event comes before the answer', [start(), fact], true],
		['is free when the answer comes after the event', [start(), fact, settle()], false],
		['is free when its object is removed', [start(), settle(), removed(target)], false],
		['is free when a list comes after the answer', [start(), settle(), listed(containerOf(1))], false],
		['stays busy when a list comes before the answer', [start(), listed(containerOf(1))], true],
		['waits for the event a while', [start(), settle(), tick(2999)], true],
		['waits no longer than that', [start(), settle(), tick(3000)], false],
		['waits for the answer as long as it takes', [start(), tick(60_000)], true],
		['is free at once when refused', [start(), settle({isFailed: true})], false],
		['belongs to the latest action', [start(1), start(2), settle({actionId: 1, isFailed: true})], true],
		['is not freed by another object', [start(), settle(), changed(containerOf(2))], true],
	];
	for (const [what, messages, isBusy] of cases) {
		test(what, () => {
			assert.equal(after(world, ...messages).busy.has(target), isBusy);
		});
	}
});

suite('toasts', () => {
	const toast = (id: number, expiresAt?: number): Message => ({
		type: 'ui/toast-shown',
		toast: {
			id,
			kind: expiresAt === undefined ? 'error' : 'info',
			text: `toast ${id}`,
			at: now,
			...(expiresAt === undefined ? {} : {expiresAt}),
		},
	});
	const shown = (state: State): readonly number[] => state.ui.toasts.map(({id}) => id);

	test('go at their time; errors stay', () => {
		const both = after(worldOf(), toast(1, now + 4000), toast(2));
		assert.deepEqual(shown(after(both, {type: 'clock/ticked', now: now + 3999})), [1, 2]);
		assert.deepEqual(shown(after(both, {type: 'clock/ticked', now: now + 4000})), [2]);
		assert.deepEqual(shown(after(both, {type: 'ui/toasts-dismissed'})), []);
	});

	test('are five at most, and all remembered', () => {
		const many = after(worldOf(), ...[1, 2, 3, 4, 5, 6].map(id => toast(id)), {type: 'ui/toasts-dismissed'});
		assert.deepEqual(shown(after(many, toast(7))), [7]);
		assert.equal(many.ui.messages.length, 6);
		const six = after(worldOf(), ...[1, 2, 3, 4, 5, 6].map(id => toast(id)));
		assert.deepEqual(shown(six), [2, 3, 4, 5, 6]);
	});
});
