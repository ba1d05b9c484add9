import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Container, ContainerDetails} from '../../source/engine/types.ts';
import {type Alarm, alarmReason, alarmsOf, type Troubles} from '../../source/resources/alarms.ts';
import {containerOf, detailsOf} from '../helpers/objects.ts';

const now = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
const hour = 60 * minute;

const of = (facts: Partial<Container>, details: Partial<ContainerDetails> = {}): Container =>
	containerOf(1, {...facts, details: detailsOf({isRestarted: true, ...details})});

const restartsAgo = (...ages: readonly number[]): Troubles => ({
	restarts: ages.map(age => ({at: now - age, exitCode: 1})),
	oomKills: [],
});

const kinds = (container: Container, troubles?: Troubles): readonly string[] =>
	alarmsOf(container, troubles, now).map(({kind}) => kind);

suite('a crash loop', () => {
	test('is three restarts within five minutes', () => {
		const container = of({});
		assert.deepEqual(kinds(container, restartsAgo(4 * minute, 2 * minute, minute)), ['crash-loop']);
		assert.deepEqual(kinds(container, restartsAgo(6 * minute, 2 * minute, minute)), []);
		assert.deepEqual(kinds(container, restartsAgo(2 * minute, minute)), []);
		assert.deepEqual(kinds(container), []);
	});

	test('needs a restart policy: else it was a person who started it', () => {
		const {isRestarted: _, ...rest} = detailsOf({isRestarted: true});
		const container = containerOf(1, {details: rest});
		assert.deepEqual(kinds(container, restartsAgo(3, 2, 1)), []);
	});

	test('is seen in one that waits for yet another restart when Gantry comes', () => {
		const waiting = of({state: 'restarting'}, {restartCount: 12, exitCode: 7});
		assert.deepEqual(alarmsOf(waiting, undefined, now), [
			{kind: 'crash-loop', restarts: 12, exitCode: 7},
		] satisfies readonly Alarm[]);
		const running = of({}, {restartCount: 12});
		assert.deepEqual(kinds(running), [], 'it may have run for a year since');
		const seen = {restarts: [], oomKills: [], loopSeenAt: now - minute};
		assert.deepEqual(kinds(running, seen), ['crash-loop']);
		assert.deepEqual(kinds(running, {...seen, loopSeenAt: now - 6 * minute}), []);
	});
});

suite('a kill for want of memory', () => {
	test('is told for 15 minutes of one that runs again', () => {
		const killed = (age: number): Troubles => ({restarts: [], oomKills: [now - age]});
		assert.deepEqual(kinds(of({}), killed(14 * minute)), ['oom']);
		assert.deepEqual(kinds(of({}), killed(15 * minute)), []);
		assert.deepEqual(kinds(of({}, {isOomKilled: true, finishedAt: now - 14 * minute})), ['oom']);
		assert.deepEqual(kinds(of({}, {isOomKilled: true, finishedAt: now - 16 * minute})), []);
	});

	test('is told for a day of one that is down', () => {
		const down = (age: number) => of({state: 'exited'}, {isOomKilled: true, finishedAt: now - age});
		assert.deepEqual(kinds(down(23 * hour)), ['oom']);
		assert.deepEqual(kinds(down(25 * hour)), []);
		assert.deepEqual(kinds(of({state: 'exited'}, {exitCode: 137})), [], 'others kill too');
	});
});

suite('failing probes', () => {
	const healthLog = [
		{exitCode: 1, output: 'disk /data\n is 98% full\n\x1b[2J', endedAt: now - 2},
		{exitCode: 0, output: 'fine', endedAt: now - 1},
	];

	test('are told with what the last one that failed has written, as one harmless line', () => {
		const [alarm] = alarmsOf(of({health: 'unhealthy'}, {healthLog}), undefined, now);
		assert.ok(alarm);
		const reason = alarmReason(alarm, now);
		assert.match(reason, /^unhealthy: probe exit 1: disk \/data is 98% full/);
		assert.doesNotMatch(reason, /[\x00-\x1f]/);
	});

	test('are none of one that is down, or not inspected yet', () => {
		assert.deepEqual(kinds(of({health: 'unhealthy', state: 'exited'})), []);
		assert.deepEqual(alarmsOf(containerOf(1, {health: 'unhealthy'}), undefined, now), [
			{kind: 'unhealthy', output: ''},
		]);
	});
});

test('reasons are whole sentences', () => {
	const table: readonly (readonly [Alarm, string])[] = [
		[
			{kind: 'crash-loop', restarts: 4, withinMs: 5 * minute, exitCode: 1},
			'crash loop: restarted 4 times in 5 min, last exit 1',
		],
		[{kind: 'crash-loop', restarts: 12}, 'crash loop: restarted 12 times'],
		[
			{kind: 'oom', at: now - 2 * minute, kills: 3, limitBytes: 16 * 1024 ** 2},
			'OOM: killed by the kernel 2m ago, 3 times in 15 min, its limit is 16M',
		],
		[{kind: 'oom', kills: 1, limitBytes: 0}, 'OOM: killed by the kernel, the host was out of memory'],
		[{kind: 'unhealthy', output: ''}, 'unhealthy: probe'],
	];
	for (const [alarm, text] of table) assert.equal(alarmReason(alarm, now), text);
});
