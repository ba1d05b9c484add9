import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {BuildEvent, StepStatus} from '../../source/engine/build-types.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {buildContent} from '../../source/screens/build-content.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {selectBuildRows} from '../../source/state/selectors/build-rows.ts';
import {selectTransferRows} from '../../source/state/selectors/transfer-rows.ts';
import {stepLinesKept} from '../../source/state/slices/build.ts';
import type {BuildTask} from '../../source/state/views/image-jobs.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {after, cursorKey, now, worldOf} from './world.ts';

const id = 'build-1';
const buildTask: BuildTask = {
	kind: 'build',
	directory: '/src/shop',
	dockerfile: '',
	tags: ['shop/api:1'],
	args: {},
	labels: {},
	target: '',
	isCacheless: false,
	isPulling: false,
	builder: 'auto',
};

const begun: readonly Message[] = [
	{type: 'ui/transfer-requested', id, reference: 'shop/api:1', job: buildTask, at: now},
	{type: 'ui/screen-opened', screen: {kind: 'build', transferId: id}},
	{type: 'engine/transfer-started', id, at: now},
];

const told = (
	atMs: number,
	...events: readonly BuildEvent[]
): Extract<Message, {type: 'engine/transfer-progressed'}> => ({
	type: 'engine/transfer-progressed',
	id,
	progress: events.map(event => ({kind: 'build', event})),
	at: now + atMs,
});

const step = (
	number: number,
	status: StepStatus,
	facts: Partial<Extract<BuildEvent, {type: 'step'}>> = {},
): BuildEvent => ({
	type: 'step',
	id: `step-${number}`,
	title: `RUN ${number}`,
	number,
	count: 3,
	status,
	...facts,
});

const output = (number: number, lines: readonly string[], unfinished = ''): BuildEvent => ({
	type: 'output',
	id: `step-${number}`,
	lines,
	unfinished,
});

const ended = (
	outcome: 'done' | 'failed' | 'cancelled',
	atMs: number,
	message = 'broken',
): Extract<Message, {type: 'engine/transfer-ended'}> => ({
	type: 'engine/transfer-ended',
	id,
	outcome,
	at: now + atMs,
	...(outcome === 'failed' ? {fault: {kind: 'api' as const, message, at: now}} : {}),
});

const building = (...messages: readonly Message[]): State =>
	after(worldOf({rows: 12}), ...begun, ...messages);

const stepsOf = (state: State) => state.transfers.get(id)?.build?.steps ?? [];
const rowsOf = (state: State): readonly string[] =>
	selectBuildRows(state).map(row =>
		row.kind === 'step' ? `${row.number} ${row.status}` : row.kind === 'dropped' ? `-${row.count}` : row.text,
	);
const statusOf = (state: State) => selectTransferRows(state)[0]?.status;

const theme = createTheme({colours: 'none', isUnicode: true});
const linesOf = (state: State, width = 100, height = 12) => {
	const {lines, title, badges = []} = buildContent(state, {width, height}, theme);
	return {lines: lines.map(withoutStyles), head: [title, ...badges].join('  ')};
};

describe('the steps of a build', () => {
	it('take the time of what was heard where the builder tells none, and its own where it does', () => {
		const state = building(
			told(1000, step(1, 'running')),
			told(3500, step(1, 'done'), step(2, 'running', {startedAt: 5_000_000})),
			told(9000, step(2, 'done', {startedAt: 5_000_000, endedAt: 5_000_700})),
		);
		const took = selectBuildRows(state).map(row => (row.kind === 'step' ? row.tookMs : undefined));
		assert.deepEqual(took, [2500, 700]);
	});

	it('keep the last lines, count all, and say how many went', () => {
		const lines = (from: number, count: number) =>
			Array.from({length: count}, (_, index) => `line ${from + index}`);
		const state = building(
			told(0, step(1, 'running')),
			told(1, output(1, lines(0, 1500))),
			told(2, output(1, lines(1500, 1500), 'and')),
		);
		const [first] = stepsOf(state);
		assert.equal(first?.lines.length, stepLinesKept);
		assert.equal(first?.lineCount, 3000);
		const rows = selectBuildRows(state);
		assert.deepEqual(rowsOf(state).slice(0, 3), ['1/3 running', '-1000', 'line 1000']);
		assert.deepEqual(rowsOf(state).slice(-2), ['line 2999', 'and']);
		const kept = rows.find(row => row.kind === 'output' && row.text === 'line 2500');
		const later = building(
			told(0, step(1, 'running')),
			told(1, output(1, lines(0, 3000))),
			told(2, output(1, lines(3000, 10))),
		);
		assert.equal(
			selectBuildRows(later).find(row => row.kind === 'output' && row.text === 'line 2500')?.key,
			kept?.key,
		);
	});

	it('are bounded by size, of one and of all together', () => {
		const long = Array.from({length: 1000}, () => 'x'.repeat(10_000));
		const one = building(told(0, step(1, 'running')), told(1, output(1, long)));
		assert.ok((stepsOf(one)[0]?.size ?? 0) <= 512 * 1024);
		const many = Array.from({length: 20}, (_, index) => [
			told(index, step(index, 'running')),
			told(index, output(index, long), step(index, 'done')),
		]).flat();
		const state = building(...many);
		const size = stepsOf(state).reduce((sum, each) => sum + each.size, 0);
		assert.ok(size <= 4 * 1024 * 1024, String(size));
		assert.equal(stepsOf(state)[0]?.lines.length, 0);
		assert.ok((stepsOf(state).at(-1)?.lines.length ?? 0) > 40);
	});

	it('fold when they are done, open when they fail, and stay as the hand left them', () => {
		const running = building(told(0, step(1, 'running'), output(1, ['a'])));
		assert.deepEqual(rowsOf(running), ['1/3 running', 'a']);
		const done = after(running, told(1, step(1, 'done'), step(2, 'running'), output(2, ['b'])));
		assert.deepEqual(rowsOf(done), ['1/3 done', '2/3 running', 'b']);
		const opened = after(done, {type: 'build/folded', id, steps: ['step-1'], isFolded: false});
		assert.deepEqual(rowsOf(opened), ['1/3 done', 'a', '2/3 running', 'b']);
		const failed = after(opened, told(2, step(2, 'failed', {error: 'exit code: 1'})), ended('failed', 3));
		assert.deepEqual(rowsOf(failed), ['1/3 done', 'a', '2/3 failed', 'exit code: 1', 'b']);
	});

	it('that run when the build ends are cancelled, but done when it is done', () => {
		const running = building(told(0, step(1, 'running'), step(2, 'waiting')));
		const statuses = (state: State) => stepsOf(state).map(({status}) => status);
		assert.deepEqual(statuses(after(running, ended('cancelled', 1))), ['cancelled', 'cancelled']);
		assert.deepEqual(statuses(after(running, ended('failed', 1))), ['cancelled', 'cancelled']);
		assert.deepEqual(statuses(after(running, ended('done', 1))), ['done', 'cancelled']);
	});

	it('are found by what they printed, folded or not', () => {
		const state = building(
			told(0, step(1, 'running'), output(1, ['apple', 'pear', '\u001b[31mRed apple\u001b[0m'])),
			told(1, step(1, 'done'), step(2, 'running'), output(2, ['plum'])),
			{type: 'ui/filter-opened', list: 'build'},
			{type: 'ui/filter-edited', edit: {kind: 'insert', text: 'apple'}},
		);
		assert.deepEqual(rowsOf(state).map(withoutStyles), ['1/3 done', 'apple', 'Red apple']);
	});
});

describe('the output of builds that are over', () => {
	it('is kept of the last four', () => {
		const whole = (name: string): readonly Message[] => [
			{type: 'ui/transfer-requested', id: name, reference: name, job: buildTask, at: now},
			{type: 'engine/transfer-started', id: name, at: now},
			{...told(0, step(1, 'running'), output(1, ['a'])), id: name},
			{...ended('done', 1), id: name},
		];
		const state = after(worldOf(), ...['a', 'b', 'c', 'd', 'e', 'f'].flatMap(whole));
		const kept = [...state.transfers.values()].map(({build}) => build?.steps[0]?.lines.length);
		assert.deepEqual(kept, [0, 1, 1, 1, 1, 1]);
		assert.equal(state.transfers.get('a')?.build?.steps[0]?.lineCount, 1);
	});
});

describe('the cursor of a build', () => {
	const many = (from: number) => Array.from({length: 20}, (_, index) => `line ${from + index}`);

	it('follows the end while it stands there, and goes to the step that fails', () => {
		const running = building(told(0, step(1, 'running'), output(1, many(0))), told(1, output(1, many(20))));
		assert.equal(cursorKey(running, 'build'), 'step-1 39');
		const failed = after(running, told(2, step(1, 'failed', {error: 'no'})), ended('failed', 3));
		assert.equal(cursorKey(failed, 'build'), 'step-1');
	});

	it('stays where it was put', () => {
		const up = {type: 'ui/moved', list: 'build', movement: {kind: 'lines', count: -5}} as const;
		const running = building(told(0, step(1, 'running'), output(1, many(0))), up);
		const key = cursorKey(running, 'build');
		assert.equal(cursorKey(after(running, told(1, output(1, many(20)))), 'build'), key);
		assert.equal(cursorKey(after(running, told(2, step(1, 'failed', {error: 'no'}))), 'build'), key);
	});

	it('is at the step that failed when the screen is opened later', () => {
		const failed = after(
			worldOf({rows: 12}),
			...begun.slice(0, 1),
			...begun.slice(2),
			told(0, step(1, 'done'), step(2, 'failed', {error: 'no'})),
			ended('failed', 1),
			{type: 'ui/screen-opened', screen: {kind: 'build', transferId: id}},
		);
		assert.equal(cursorKey(failed, 'build'), 'step-2');
	});
});

describe('a build among the transfers', () => {
	it('tells the step that runs, then how it ended', () => {
		const builder: BuildEvent = {type: 'builder', name: 'classic'};
		const sending = building(told(0, builder, {type: 'context', bytes: 2048, fileCount: 1}));
		assert.equal(statusOf(sending), 'sending the context: 2.05kB');
		const running = after(sending, told(1, {type: 'context-sent'}, step(1, 'cached'), step(2, 'running')));
		assert.equal(statusOf(running), 'step 2/3 RUN 2');
		assert.equal(selectTransferRows(running)[0]?.fraction, 1 / 3);
		assert.equal(
			statusOf(after(running, told(2, step(2, 'failed', {error: 'exit code: 1'})), ended('failed', 3))),
			'step 2/3: exit code: 1',
		);
		assert.equal(
			statusOf(after(running, told(2, step(2, 'done'), step(3, 'done')), ended('done', 3))),
			'built, 1 of 3 steps cached',
		);
		assert.equal(
			statusOf(after(running, ended('failed', 3, 'the connection broke'))),
			'the connection broke',
		);
	});
});

describe("a build's screen", () => {
	it('shows steps with state, number, time and output; nothing is wider than the pane', () => {
		const state = building(
			told(
				0,
				{type: 'builder', name: 'classic'},
				{type: 'context', bytes: 2048, fileCount: 1},
				{type: 'context-sent'},
			),
			told(1, step(1, 'cached'), step(2, 'running', {title: `RUN ${'語'.repeat(60)}`})),
			told(2, output(2, ['\u001b[31mred\u001b[0m\u001b]0;title\u0007', 'x'.repeat(300)], 'un')),
		);
		for (const width of [160, 100, 80, 60, 40, 25, 10])
			for (const line of linesOf(state, width).lines) assert.ok(line.length <= width, `${width}: ${line}`);
		const {lines, head} = linesOf(state);
		assert.match(
			head,
			/^Build shop\/api:1 {2}building .*1\/3 steps, 1 cached {2}context 2.05kB, 1 file {2}classic$/,
		);
		assert.match(lines[1] ?? '', /✓ 1\/3 {2}RUN 1 +cached/);
		assert.match(lines[2] ?? '', /▾ . 2\/3 {2}RUN 語.*… +running/);
		assert.match(lines[3] ?? '', /│ red +$/);
	});

	it('says why there is no step', () => {
		const failed = building(ended('failed', 1, 'failed to reach build target nope'));
		assert.match(
			linesOf(failed).lines.join('\n'),
			/failed before its first step: failed to reach build target nope/,
		);
		const lost = building(told(0, step(1, 'running')), ended('failed', 1, 'the connection broke'));
		assert.match(linesOf(lost).lines.join('\n'), /the connection broke/);
	});
});
