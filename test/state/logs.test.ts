import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import type {Movement} from '../../source/state/movement.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {readerHeight} from '../../source/state/selectors/layout.ts';
import {logReading, logWindow} from '../../source/state/selectors/log-window.ts';
import {defaultLogLimits, emptyLogBuffer, logEntries} from '../../source/state/views/log-buffer.ts';
import type {LogLook, LogPart, LogsState} from '../../source/state/views/logs.ts';
import {lineOf} from '../helpers/log-view.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, worldOf} from './world.ts';

const id = idOf(1);
const open = (n = 1): Message => ({
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(n), tab: 'logs'},
});
const world = worldOf({containers: [containerOf(1), containerOf(2), containerOf(3, {project: 'shop'})]});
const limits = {lines: 3000, bytes: defaultLogLimits.bytes};
const small: State = {...world, ui: {...world.ui, logLimits: limits}};
const opened = after(small, open());
const height = readerHeight(opened);

const logsOf = ({logs}: State): LogsState => {
	assert.ok(logs);
	return logs;
};
const told = (state: State, ...parts: readonly LogPart[]): State =>
	after(state, {type: 'engine/logs-appended', request: logsOf(state).request, parts});
const older = (state: State, ...parts: readonly LogPart[]): State =>
	after(state, {type: 'engine/older-logs-loaded', request: logsOf(state).request, parts});
const lines = (from: number, count: number, containerId = id): LogPart => ({
	containerId,
	lines: Array.from({length: count}, (_, n) => lineOf(from + n)),
});
const scroll = (movement: Movement): Message => ({type: 'ui/scrolled', movement});
const by = (count: number): Message => scroll({kind: 'lines', count});
const query = (of: 'logs.find' | 'logs.filter', text: string): readonly Message[] => [
	{type: 'ui/query-opened', id: of},
	{type: 'ui/query-edited', edit: {kind: 'insert', text}},
	{type: 'ui/query-closed', isKept: true},
];
const look = (part: keyof LogLook): Message => ({type: 'logs/look-toggled', part});

const shown = (state: State): readonly string[] =>
	logWindow(logReading(state, logsOf(state))).rows.map(({text}) => text);
const kept = (state: State): readonly string[] => [...logEntries(logsOf(state).buffer)].map(({text}) => text);
const numbers = (from: number, count: number): readonly string[] =>
	Array.from({length: count}, (_, n) => `line ${from + n}`);
const hundred = told(opened, lines(0, 100));

suite('the log', () => {
	test('rests while another tab is read: scrolling there neither moves it nor ends its following', () => {
		const config: Message = {
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: id, tab: 'config'},
		};
		assert.equal(logsOf(after(hundred, by(-3))).isFollowing, false);
		assert.equal(after(hundred, config, by(-3)).logs, hundred.logs);
	});

	test('is kept up to a number of lines, and counts what it let go', () => {
		const state = told(told(opened, lines(0, 3000)), lines(3000, 7));
		assert.equal(kept(state).length, 3000);
		assert.deepEqual([kept(state)[0], kept(state).at(-1)], ['line 7', 'line 3006']);
		assert.equal(logsOf(state).buffer.dropped, 7);
	});

	test('is kept up to a number of bytes, whatever the lines are', () => {
		const state = {
			...opened,
			logs: {...logsOf(opened), request: {...logsOf(opened).request, limits: {lines: 9999, bytes: 100_000}}},
		};
		const long = {
			containerId: id,
			lines: Array.from({length: 40}, (_, n) => lineOf(n, {text: 'x'.repeat(10_000)})),
		};
		const {buffer} = logsOf(told(state, long));
		assert.equal(buffer.count, 9);
		assert.ok(buffer.bytes <= 100_000);
	});

	test('takes nothing of another view', () => {
		const stale = {
			type: 'engine/logs-appended',
			request: logsOf(hundred).request,
			parts: [lines(0, 3)],
		} as const;
		assert.equal(logsOf(after(opened, {type: 'logs/range-set', range: '1h'}, stale)).buffer.count, 0);
	});

	test('stays on the other tabs, begins anew for another container or range, and is gone with the screen', () => {
		const stats: Message = {
			type: 'ui/screen-opened',
			screen: {kind: 'container', containerId: id, tab: 'stats'},
		};
		assert.equal(kept(after(hundred, stats, open())).length, 100);
		assert.equal(selectDemand(after(hundred, stats)).logs, undefined);
		assert.equal(kept(after(hundred, open(2))).length, 0);
		assert.equal(kept(after(hundred, {type: 'logs/range-set', range: '5m'})).length, 0);
		assert.equal(after(hundred, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).logs, undefined);
	});

	test('looks as the last one did', () => {
		const {look: next} = logsOf(after(hundred, look('hasTimestamps'), look('isWrapped'), open(2)));
		assert.deepEqual(next, {hasTimestamps: true, isWrapped: true, isPretty: false});
	});

	test('says how its stream is, and keeps its lines when the container is removed', () => {
		const {request} = logsOf(opened);
		const status = (...messages: readonly Message[]) =>
			logsOf(after(opened, ...messages)).members.map(member => member.status);
		const fault = {kind: 'api', message: 'no', at: 0} as const;
		const started: Message = {type: 'engine/logs-opened', request, containerId: id};
		assert.deepEqual(status(), ['opening']);
		assert.deepEqual(status(started), ['following']);
		assert.deepEqual(status({type: 'engine/logs-ended', request, containerId: id}), ['waiting']);
		const failed: Message = {type: 'engine/logs-ended', request, containerId: id, fault};
		assert.deepEqual(status(failed), ['failed']);
		assert.equal(logsOf(after(opened, failed, started)).members[0]?.fault, undefined);
		const gone = after(hundred, {type: 'engine/containers-changed', changed: [], removed: [id]});
		assert.deepEqual(
			logsOf(gone).members.map(member => member.status),
			['removed'],
		);
		assert.equal(kept(gone).length, 100);
		assert.deepEqual(selectDemand(gone).logs?.members, []);
	});
});

suite('reading a log', () => {
	const last = 100 - height;
	const cases: readonly (readonly [what: string, state: State, first: number, isFollowing: boolean])[] = [
		['follows from the start', hundred, last, true],
		['a step up', after(hundred, by(-1)), last - 1, false],
		['a step down at the end', after(hundred, by(1)), last, true],
		['up and down again', after(hundred, by(-1), by(1)), last, false],
		['a page up', after(hundred, scroll({kind: 'pages', count: -1})), last - (height - 1), false],
		['to the start', after(hundred, scroll({kind: 'start'})), 0, false],
		['beyond the start', after(hundred, by(-9999)), 0, false],
		['to the end', after(hundred, by(-9), scroll({kind: 'end'})), last, true],
		['lines that come while it is read', told(after(hundred, by(-5)), lines(100, 50)), last - 5, false],
		[
			'not following',
			told(after(hundred, {type: 'logs/follow-set', isFollowing: false}), lines(100, 50)),
			last,
			false,
		],
		[
			'older lines let go',
			told(after(told(opened, lines(0, 3000)), by(-9)), lines(3000, 5)),
			3000 - height - 9,
			false,
		],
		['what was read let go', told(after(told(opened, lines(0, 3000)), by(-9999)), lines(3000, 5)), 5, false],
		[
			'a larger screen',
			after(hundred, by(-1), {type: 'ui/resized', columns: 120, rows: 60}),
			100 - height - 20,
			false,
		],
	];
	for (const [what, state, first, isFollowing] of cases) {
		test(what, () => {
			assert.equal(shown(state)[0], `line ${first}`);
			assert.equal(logsOf(state).isFollowing, isFollowing);
		});
	}

	test('at the top older lines are asked for, and what is shown stays where it is', () => {
		const top = after(told(opened, lines(500, 100)), scroll({kind: 'start'}));
		assert.equal(selectDemand(top).logs?.wantsOlder, true);
		const longer = older(top, lines(400, 100));
		assert.deepEqual(shown(longer).slice(0, 3), numbers(500, 3));
		assert.equal(logsOf(longer).older, 'idle');
		assert.deepEqual(shown(after(longer, by(-2))).slice(0, 3), numbers(498, 3));
		assert.equal(logsOf(older(top, {containerId: id, lines: []})).older, 'start');
	});

	test('without room older lines are not asked for, or only those that there is room for are kept', () => {
		const full = after(told(opened, lines(0, 3000)), scroll({kind: 'start'}));
		assert.equal(logsOf(full).older, 'full');
		const nearly = after(told(opened, lines(500, 2950)), scroll({kind: 'start'}));
		const next = older(nearly, lines(400, 100));
		assert.deepEqual(
			[logsOf(next).buffer.count, kept(next)[0], logsOf(next).older],
			[3000, 'line 450', 'full'],
		);
	});

	test('wrapped, a step is a row: long lines are read through', () => {
		const long = {
			containerId: id,
			lines: [lineOf(0, {text: 'x'.repeat(118 * 3 - 10)}), ...lines(1, 50).lines],
		};
		const state = after(told(opened, long), look('isWrapped'), scroll({kind: 'start'}));
		const rows = shown(state);
		assert.deepEqual(
			rows.slice(0, 4).map(row => row.length),
			[117, 117, 110, 6],
		);
		assert.equal(shown(after(state, by(2)))[0]?.length, 110);
		assert.equal(shown(after(state, by(2), by(-1)))[0]?.length, 117);
		assert.equal(shown(after(state, scroll({kind: 'end'}))).at(-1), 'line 50');
	});
});

suite('finding and filtering', () => {
	const state = told(opened, lines(0, 1500));
	const matches = numbers(0, 1500).filter(line => /7\d0/.test(line)).length;

	test('typing goes to the first place on the screen or after it, else to the last before', () => {
		const found = after(state, ...query('logs.find', 'line 70.$'));
		assert.equal(logsOf(found).found, 709);
		assert.ok(shown(found).some(row => row.includes('709')));
		assert.equal(logsOf(found).isFollowing, false);
	});

	test('n and N go round', () => {
		const n: Message = {type: 'logs/find-moved', step: 1};
		const N: Message = {type: 'logs/find-moved', step: -1};
		const found = after(state, ...query('logs.find', 'line 70.$'));
		assert.equal(logsOf(after(found, n)).found, 700);
		assert.equal(logsOf(after(found, N)).found, 708);
		assert.equal(logsOf(after(found, n, N)).found, 709);
		assert.equal(logsOf(told(after(found, N), lines(1500, 1600))).found, 708);
	});

	test('what matches is inverse, and capitals count only when there are some', () => {
		const found = after(state, ...query('logs.find', 'LINE'));
		assert.equal(logsOf(found).found, undefined);
		const small2 = after(state, ...query('logs.find', 'ne 14'));
		assert.match(shown(small2).at(-1) ?? '', /li\x1b\[7mne 14\x1b\[27m99/);
	});

	test('a filter leaves only what matches, also of what comes', () => {
		const filtered = after(state, ...query('logs.filter', '7\\d0'));
		const {index} = logReading(filtered, logsOf(filtered));
		assert.equal(index.count, matches);
		assert.equal(shown(filtered).at(-1), 'line 1790'.replace('1790', '790'));
		const more = told(filtered, lines(1700, 1));
		assert.equal(logReading(more, logsOf(more)).index.count, matches + 1);
		assert.equal(shown(more).at(-1), 'line 1700');
		assert.equal(shown(after(filtered, scroll({kind: 'start'})))[0], 'line 700');
	});

	test('what is no pattern filters nothing', () => {
		const filtered = after(state, ...query('logs.filter', '('));
		assert.equal(logReading(filtered, logsOf(filtered)).index.count, 1500);
	});
});

suite('several logs as one', () => {
	const both: Message = {
		type: 'ui/screen-opened',
		screen: {kind: 'logs', of: {kind: 'containers', ids: [id, idOf(2)]}},
	};
	const merged = after(small, both);
	const part = (n: number, ...stamps: readonly number[]): LogPart => ({
		containerId: idOf(n),
		lines: stamps.map(stamp => lineOf(stamp, {text: `${n}:${stamp}`})),
	});

	test('go by time, also when one comes later', () => {
		const state = told(told(merged, part(1, 1, 4, 9), part(2, 2, 5)), part(2, 6, 8, 10));
		assert.deepEqual(kept(state), ['1:1', '2:2', '1:4', '2:5', '2:6', '2:8', '1:9', '2:10']);
	});

	test('what is read stays where it is while lines go in before it', () => {
		const full = told(merged, part(1, ...Array.from({length: 2000}, (_, n) => n * 10)));
		const reading = after(full, by(-500));
		const [before] = shown(reading);
		const next = told(reading, part(2, 15, 25, 15_005));
		assert.equal(shown(next)[0], before);
		assert.equal(kept(next).length, 2003);
	});

	test('say what becomes of one', () => {
		const state = told(merged, part(1, 1), part(2, 2));
		const {request} = logsOf(state);
		const ended = after(state, {type: 'engine/logs-ended', request, containerId: idOf(2)});
		assert.equal(kept(ended).at(-1), 'does not run any more');
	});

	test('of a project are those of all its containers, whoever joins later', () => {
		const shop: Message = {
			type: 'ui/screen-opened',
			screen: {kind: 'logs', of: {kind: 'project', project: 'shop'}},
		};
		const state = after(small, shop);
		assert.deepEqual(
			selectDemand(state).logs?.members.map(member => member.containerId),
			[idOf(3)],
		);
		const joined = after(state, {
			type: 'engine/containers-changed',
			changed: [containerOf(4, {project: 'shop'})],
			removed: [],
		});
		assert.deepEqual(
			selectDemand(joined).logs?.members.map(member => member.containerId),
			[idOf(3), idOf(4)],
		);
		assert.equal(selectDemand(joined).logs?.request, selectDemand(state).logs?.request);
	});
});

test('an empty buffer has nothing', () => {
	assert.deepEqual([...logEntries(emptyLogBuffer)], []);
});
