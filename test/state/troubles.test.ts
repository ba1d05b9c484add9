import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Container, ContainerDetails, EngineEvent} from '../../source/engine/types.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {selectAlarms} from '../../source/state/selectors/alarms.ts';
import {selectContainerRows} from '../../source/state/selectors/container-rows.ts';
import {selectHeader} from '../../source/state/selectors/header.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from './world.ts';

type Step = readonly [action: string, attributes?: Readonly<Record<string, string>>];

const eventOf = ([action, attributes = {}]: Step): EngineEvent => ({
	type: 'container',
	action,
	actorId: idOf(1),
	attributes,
	at: 1,
	timeNano: '1',
});

const events = (...steps: readonly Step[]): Message => ({
	type: 'engine/events-arrived',
	events: steps.map(eventOf),
});
const tick = (ms: number): Message => ({type: 'clock/ticked', now: now + ms});
const inspected = (details: Partial<ContainerDetails>, facts: Partial<Container> = {}): Message => ({
	type: 'engine/containers-changed',
	changed: [containerOf(1, {...facts, details: detailsOf({isRestarted: true, ...details})})],
	removed: [],
});

const world = after(worldOf({containers: [containerOf(1), containerOf(2)]}), inspected({}));
const alarms = (state: State): readonly string[] =>
	(selectAlarms(state).get(idOf(1)) ?? []).map(alarm =>
		alarm.kind === 'crash-loop' ? `crash-loop ${alarm.restarts} exit ${alarm.exitCode}` : alarm.kind,
	);

/** As measured: a crash and the restart by the policy. */
const crash = (code: string): readonly Step[] => [['die', {exitCode: code}], ['start']];
/** `docker restart`, as measured, its order included. */
const dockerRestart: readonly Step[] = [
	['kill', {signal: '15'}],
	['kill', {signal: '9'}],
	['die', {exitCode: '137'}],
	['stop'],
	['start'],
	['restart'],
];
const stopAndStart: readonly Step[] = [
	['kill', {signal: '15'}],
	['die', {exitCode: '0'}],
	['stop'],
	['start'],
];
/** Podman: the stop is told after the end that it caused, and no kill at all. */
const podmanStopAndStart: readonly Step[] = [
	['died', {exitCode: '0'}],
	['cleanup'],
	['stop'],
	['init'],
	['start'],
];
const podmanRestart: readonly Step[] = [
	['died', {exitCode: '0'}],
	['cleanup'],
	['init'],
	['start'],
	['restart'],
];
const podmanCrash: readonly Step[] = [['died', {exitCode: '2'}], ['cleanup'], ['init'], ['start']];

const thrice = (steps: readonly Step[]): readonly Step[] => [...steps, ...steps, ...steps, ...steps];

suite('restarts', () => {
	test('by the engine after crashes are a crash loop, with the last exit code', () => {
		assert.deepEqual(alarms(after(world, events(...crash('1'), ...crash('1')))), []);
		assert.deepEqual(alarms(after(world, events(...crash('1'), ...crash('1'), ...crash('3')))), [
			'crash-loop 3 exit 3',
		]);
		assert.deepEqual(alarms(after(world, events(...thrice(podmanCrash)))), ['crash-loop 4 exit 2']);
	});

	test('after ends without an error too: nobody asked for them', () => {
		assert.deepEqual(alarms(after(world, events(...thrice(crash('0'))))), ['crash-loop 4 exit 0']);
	});

	const byHand = {dockerRestart, stopAndStart, podmanStopAndStart, podmanRestart};
	for (const [name, steps] of Object.entries(byHand)) {
		test(`by a person are none: ${name}`, () => {
			assert.deepEqual(alarms(after(world, events(...thrice(steps)))), []);
		});

		test(`by a person end a crash loop: ${name}`, () => {
			const looping = after(world, events(...thrice(crash('1'))));
			assert.deepEqual(alarms(after(looping, events(...steps))), []);
			assert.deepEqual(alarms(after(looping, events(...steps, ...crash('1')))), []);
		});
	}

	test('are no longer a loop when somebody stops it', () => {
		const looping = after(world, events(...thrice(crash('1'))));
		assert.deepEqual(alarms(after(looping, events(['kill', {signal: '15'}], ['die', {exitCode: '1'}]))), []);
	});

	test('after a signal that only reloads are crashes', () => {
		const reloaded: readonly Step[] = [['kill', {signal: '1'}], ...crash('1')];
		assert.deepEqual(alarms(after(world, events(...thrice(reloaded)))), ['crash-loop 4 exit 1']);
	});

	test('are forgotten after five minutes', () => {
		const looping = after(world, events(...thrice(crash('1'))));
		assert.deepEqual(alarms(after(looping, tick(4 * 60_000))), ['crash-loop 4 exit 1']);
		assert.deepEqual(alarms(after(looping, tick(6 * 60_000))), []);
	});

	test('that no event told of are known by the count of the engine', () => {
		const grown = after(world, inspected({restartCount: 2}), inspected({restartCount: 5, exitCode: 9}));
		assert.deepEqual(alarms(grown), ['crash-loop 5 exit 9']);
	});

	test('that events and the count both tell of count once', () => {
		let state = world;
		for (const count of [1, 2]) {
			state = after(
				state,
				events(['die', {exitCode: '1'}]),
				inspected({restartCount: count, exitCode: 1}, {state: 'restarting'}),
				events(['start']),
				inspected({restartCount: count}),
			);
		}
		assert.deepEqual(alarms(state), []);
		assert.equal(state.troubles.get(idOf(1))?.restarts.length, 2);
	});

	test('before Gantry came are not counted', () => {
		const first = after(worldOf({containers: [containerOf(1)]}), inspected({restartCount: 40}));
		assert.deepEqual(alarms(first), []);
		assert.deepEqual(alarms(after(first, inspected({restartCount: 41}))), []);
	});

	test('are none when the count fell: somebody has started it', () => {
		const looping = after(world, inspected({restartCount: 7}));
		assert.deepEqual(alarms(looping), ['crash-loop 7 exit undefined']);
		assert.deepEqual(alarms(after(looping, inspected({restartCount: 0}))), []);
	});
});

suite('kills for want of memory', () => {
	test('stay to be seen over an automatic restart, and are told once', () => {
		const killed = after(
			world,
			events(['oom'], ['oom'], ['oom'], ...crash('137')),
			inspected({isOomKilled: true, finishedAt: now}),
		);
		assert.deepEqual(alarms(killed), ['oom']);
		const [alarm] = selectAlarms(killed).get(idOf(1)) ?? [];
		assert.equal(alarm?.kind === 'oom' && alarm.kills, 1);
		const later = after(killed, inspected({isOomKilled: false}), tick(10 * 60_000));
		assert.deepEqual(alarms(later), ['oom']);
		assert.deepEqual(alarms(after(later, tick(16 * 60_000))), []);
	});

	test('are known of Podman, which has no event for them, by the inspect after the end', () => {
		const killed = after(world, events(['died', {exitCode: '137'}]), inspected({isOomKilled: true}));
		assert.deepEqual(alarms(after(killed, events(['start']), inspected({isOomKilled: false}))), ['oom']);
	});

	test('are known by the kernel’s count when it grows, not by what it was', () => {
		const sampled = (oomKills: number): Message => ({
			type: 'engine/stats-sampled',
			samples: [
				{
					id: idOf(1),
					sample: {
						readAt: now,
						intervalMs: 0,
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
						oomKills,
					},
				},
			],
			at: now,
		});
		assert.deepEqual(alarms(after(world, sampled(3))), []);
		assert.deepEqual(alarms(after(world, sampled(3), sampled(4))), ['oom']);
	});
});

suite('alarms on the screen', () => {
	const sick = containerOf(1, {health: 'unhealthy', project: 'shop'});
	const mixed = worldOf({containers: [sick, containerOf(2, {project: 'shop'}), containerOf(3)]});
	const filtered = (text: string): readonly string[] => {
		const state = after(
			mixed,
			{type: 'ui/filter-opened', list: 'containers'},
			{type: 'ui/filter-edited', edit: {kind: 'insert', text}},
		);
		return selectContainerRows(state).flatMap(row => (row.kind === 'container' ? [row.container.name] : []));
	};

	test('are counted in the header', () => {
		assert.equal(selectHeader(mixed).alarms, 1);
		assert.equal(selectHeader(world).alarms, 0);
	});

	test('can be filtered by', () => {
		assert.deepEqual(filtered('alarm:yes'), ['c1']);
		assert.deepEqual(filtered('alarm:unhealthy'), ['c1']);
		assert.deepEqual(filtered('alarm:oom'), []);
		assert.deepEqual(filtered('alarm:no'), ['c2', 'c3']);
	});

	test('are summed on the row of a project, and come first by state', () => {
		const [head] = selectContainerRows(after(mixed, {type: 'ui/grouping-toggled'}));
		assert.deepEqual(
			head?.alarms?.map(({kind}) => kind),
			['unhealthy'],
		);
		const three = worldOf({
			containers: [containerOf(1), containerOf(2), containerOf(3, {health: 'unhealthy'})],
		});
		const byState = after(three, {type: 'ui/sorted', list: 'containers', column: 'state'});
		const [first] = selectContainerRows(byState);
		assert.equal(first?.kind === 'container' && first.container.name, 'c3');
	});

	test('are the same map as long as nothing changes', () => {
		const next = after(mixed, tick(60_000));
		assert.equal(selectAlarms(mixed), selectAlarms(next));
	});
});
