import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import type {Message, Movement} from '../../source/state/messages.ts';
import {type LogsState, logLinesKept, type State} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {readerHeight} from '../../source/state/selectors/layout.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, worldOf} from './world.ts';

const containerId = idOf(1);
const open = (n = 1): Message => ({
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(n), tab: 'logs'},
});
const opened = (isReopened: boolean): Message => ({type: 'engine/logs-opened', containerId, isReopened});
const lines = (from: number, count: number): Message => ({
	type: 'engine/logs-appended',
	containerId,
	lines: Array.from({length: count}, (_, n) => ({source: 'stdout', text: String(from + n)})),
});
const scroll = (movement: Movement): Message => ({type: 'ui/scrolled', movement});
const by = (count: number): Message => scroll({kind: 'lines', count});
const follow = (isFollowing: boolean): Message => ({type: 'ui/log-follow-set', isFollowing});

const world = worldOf({containers: [containerOf(1), containerOf(2, {state: 'exited'})]});
const height = readerHeight(after(world, open()));
const logs = (...messages: readonly Message[]): State => after(world, open(), opened(false), ...messages);
const logsOf = (state: State): LogsState => {
	assert.ok(state.logs);
	return state.logs;
};

suite('the log', () => {
	test('is kept up to a number of lines, and counts what it let go', () => {
		const {lines: kept, droppedLines} = logsOf(logs(lines(0, logLinesKept), lines(logLinesKept, 7)));
		assert.equal(kept.length, logLinesKept);
		assert.deepEqual([kept[0]?.text, kept.at(-1)?.text], ['7', String(logLinesKept + 6)]);
		assert.equal(droppedLines, 7);
	});

	test('takes no lines of another container', () => {
		const other = after(world, open(2), lines(0, 3));
		assert.equal(logsOf(other).lines.length, 0);
	});

	test('keeps its lines when the stream opens again, and begins anew when it is another', () => {
		assert.equal(logsOf(logs(lines(0, 3), opened(true))).lines.length, 3);
		assert.equal(logsOf(logs(lines(0, 3), opened(false))).lines.length, 0);
		assert.equal(logsOf(logs(lines(0, 3), open(2))).lines.length, 0);
		assert.equal(logsOf(logs(lines(0, 3), open())).lines.length, 3);
	});

	test('says how its stream is', () => {
		const fault = {kind: 'api', message: 'no', at: 0} as const;
		assert.equal(logsOf(after(world, open())).status, 'opening');
		assert.equal(logsOf(logs()).status, 'following');
		assert.equal(logsOf(logs({type: 'engine/logs-ended', containerId})).status, 'waiting');
		const failed = logs({type: 'engine/logs-ended', containerId, fault});
		assert.deepEqual([logsOf(failed).status, logsOf(failed).fault], ['failed', fault]);
		assert.equal(logsOf(after(failed, opened(true))).fault, undefined);
	});

	test('is gone with its screen', () => {
		assert.equal(logs({type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).logs, undefined);
	});

	test('keeps the timestamps switched on for the next one', () => {
		assert.equal(logsOf(logs({type: 'ui/log-timestamps-toggled'}, open(2))).hasTimestamps, true);
	});

	const many = lines(0, 100);
	const last = 100 - height;
	const following: readonly (readonly [what: string, messages: readonly Message[], isFollowing: boolean])[] =
		[
			['from the start', [many], true],
			['not after a step up', [many, by(-1)], false],
			['after a step down at the end', [many, by(1)], true],
			['after a step up where there is nothing above', [lines(0, 3), by(-1)], true],
			['not after going back down by lines', [many, by(-1), by(1)], false],
			['after a jump to the end', [many, by(-9), scroll({kind: 'end'})], true],
			['not after a jump to the start', [many, scroll({kind: 'start'})], false],
			['not when switched off', [many, follow(false)], false],
			['when switched on', [many, by(-9), follow(true)], true],
		];
	for (const [what, messages, isFollowing] of following) {
		test(`follows ${what}`, () => {
			assert.equal(logsOf(logs(...messages)).isFollowing, isFollowing);
		});
	}

	const offsets: readonly (readonly [what: string, messages: readonly Message[], offset: number])[] = [
		['scrolls from the end', [many, by(-1)], last - 1],
		['scrolls by pages', [many, scroll({kind: 'pages', count: -1})], last - (height - 1)],
		['stops at the start', [many, by(-9999)], 0],
		['stays where it is when lines come', [many, by(-5), lines(100, 50)], last - 5],
		['holds the end when switched off', [many, follow(false), lines(100, 50)], last],
		[
			'goes along when older lines are let go',
			[lines(0, logLinesKept), by(-9), lines(0, 5)],
			logLinesKept - height - 9 - 5,
		],
		[
			'shows no blank on a larger screen',
			[many, by(-1), {type: 'ui/resized', columns: 120, rows: 60}],
			100 - 55,
		],
		['shows no blank when it begins anew', [many, by(-1), opened(false)], 0],
	];
	for (const [what, messages, offset] of offsets) {
		test(what, () => {
			assert.equal(logsOf(logs(...messages)).offset, offset);
		});
	}
});

suite('a document', () => {
	const show: Message = {
		type: 'ui/screen-opened',
		screen: {kind: 'document', objectKind: 'image', objectId: 'i'},
		title: 'busy:1',
	};
	const loaded: Message = {type: 'engine/document-loaded', objectId: 'i', value: {Id: 'i'}};
	const fault = {kind: 'not-found', message: 'no', at: 0} as const;
	const failed: Message = {type: 'engine/document-failed', objectId: 'i', fault};

	test('loads, or says why not', () => {
		assert.deepEqual(after(world, show).document?.loading, {status: 'loading'});
		const ready = after(world, show, loaded).document;
		assert.deepEqual([ready?.loading.status, ready?.value], ['ready', {Id: 'i'}]);
		assert.deepEqual(after(world, show, failed).document?.loading, {status: 'failed', fault});
	});

	test('stays when it cannot be loaded again', () => {
		assert.deepEqual(after(world, show, loaded, failed).document?.value, {Id: 'i'});
	});

	test('is another one on another screen', () => {
		assert.equal(after(world, show, open()).document?.objectId, containerId);
		assert.equal(
			after(world, show, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).document,
			undefined,
		);
	});
});

suite('what the screen needs of the engine', () => {
	const demand = (...messages: readonly Message[]) => selectDemand(after(world, ...messages));

	test('is the same while nothing of it changes', () => {
		const ticked = after(world, {type: 'clock/ticked', now: world.now + 1000});
		assert.equal(selectDemand(ticked), selectDemand(world));
	});

	test('are numbers of what runs and is shown, and details of what is shown', () => {
		const {fastStats, measured, details} = demand();
		assert.deepEqual([fastStats, measured, details], [[idOf(1)], [idOf(1)], [idOf(1), idOf(2)]]);
	});

	test('are numbers of what is paused too: docker stats tells them, and they are not the last ones before', () => {
		const paused = worldOf({
			containers: [containerOf(1, {state: 'paused'}), containerOf(2, {state: 'created'})],
		});
		assert.deepEqual(selectDemand(paused).fastStats, [idOf(1)]);
	});

	test('are few numbers of what is not on the screen', () => {
		const containers = Array.from({length: 30}, (_, n) => containerOf(n, {name: `c${n + 100}`}));
		const {fastStats, measured} = selectDemand(worldOf({containers, columns: 50, rows: 14}));
		assert.deepEqual([fastStats.length, measured.length], [9, 30]);
	});

	test("behind a container's screen are those of that one, and the sums of the header", () => {
		const {fastStats, measured, details} = demand(open());
		assert.deepEqual([fastStats, measured, details], [[idOf(1)], [idOf(1)], [idOf(1)]]);
		assert.deepEqual(demand(open(2)).fastStats, []);
	});

	test('is the log on the screen', () => {
		assert.deepEqual(demand(open()).logs, {containerId, isRunning: true});
		assert.deepEqual(demand(open(2)).logs, {containerId: idOf(2), isRunning: false});
		assert.equal(demand().logs, undefined);
	});

	test('are the numbers of the selected container, whose list is behind the zoomed pane', () => {
		const zoomed = demand(
			{type: 'ui/pane-focused', pane: 'resources'},
			{type: 'ui/zoom-set', isZoomed: true},
		);
		assert.deepEqual(zoomed.fastStats, [idOf(1)]);
	});

	test('is a new connection when the user wants it', () => {
		assert.equal(demand({type: 'ui/retry-wanted'}).retryCount, 1);
	});
});
