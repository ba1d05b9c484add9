import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {statsViewCommands} from '../../source/commands/stats-view.ts';
import type {StatsSample} from '../../source/engine/types.ts';
import {cellWidth} from '../../source/format/cells.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {sharedRows, statsContent} from '../../source/screens/container/stats-content.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {statsWindow} from '../../source/state/selectors/stats-window.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from './world.ts';

const theme = createTheme({colours: 'none', isUnicode: true});
const ascii = createTheme({colours: 'none', isUnicode: false});
const second = 1000;

const sampleAt = (n: number, facts: Partial<StatsSample> = {}): StatsSample => ({
	readAt: now + n * second,
	intervalMs: n === 0 ? 0 : second,
	cpuPercent: n,
	memoryBytes: 8 * 1024 ** 2,
	memoryLimitBytes: 64 * 1024 ** 2,
	netReceivedBytes: 0,
	netSentBytes: 0,
	blockReadBytes: 0,
	blockWrittenBytes: 0,
	netReceiveRate: 1000,
	netSendRate: 0,
	blockReadRate: 0,
	blockWriteRate: 0,
	pids: 3,
	...facts,
});

const readings = (from: number, count: number, facts: Partial<StatsSample> = {}): readonly Message[] =>
	Array.from({length: count}, (_, n): readonly Message[] => [
		{type: 'clock/ticked', now: now + (from + n) * second},
		{
			type: 'engine/stats-sampled',
			samples: [{id: idOf(1), sample: sampleAt(from + n, facts)}],
			at: now + (from + n) * second,
		},
	]).flat();

const container = containerOf(1, {details: detailsOf({memoryLimitBytes: 64 * 1024 ** 2, cpuLimit: 0.5})});
const opened = (columns = 109, rows = 40): State =>
	after(worldOf({containers: [container], columns, rows}), {
		type: 'ui/screen-opened',
		screen: {kind: 'container', containerId: idOf(1), tab: 'stats'},
	});

const press = (state: State, key: string): State => {
	const command = statsViewCommands.find(({keys}) => keys.includes(key));
	assert.ok(command, key);
	const messages: Message[] = [];
	const store = {
		getState: () => state,
		dispatch: (...all: readonly Message[]) => messages.push(...all),
		subscribe: () => () => {},
	};
	// The commands of this tab use the store alone.
	command.run({store} as never, {} as never);
	return after(state, ...messages);
};

const linesOf = (state: State, height = 37, of = theme): readonly string[] =>
	statsContent(state, {width: state.ui.columns, height}, of).lines.map(withoutStyles);

suite('the window of the statistics', () => {
	test('is there once something was read', () => {
		assert.equal(statsWindow(opened()), undefined);
		const window = statsWindow(after(opened(), ...readings(0, 2)));
		assert.equal(window?.cells, 100);
		assert.equal(window?.cellMs, 3 * second);
	});

	test('is five minutes, half an hour, or a round length that holds all', () => {
		let state = after(opened(), ...readings(0, 90));
		const minutes = () => {
			const {period} = statsWindow(state) ?? assert.fail();
			return (period.to - period.from) / 60_000;
		};
		const seen = [minutes()];
		for (const key of ['-', '-', '-', '+', '+', '+']) {
			state = press(state, key);
			seen.push(minutes());
		}
		assert.deepEqual(seen, [5, 30, 2, 2, 30, 5, 5]);
	});

	test('stays with its end when the container has stopped, and goes on for a minute', () => {
		const ran = after(opened(), ...readings(0, 60));
		const stopped = after(ran, {
			type: 'engine/containers-changed',
			changed: [containerOf(1, {state: 'exited', exitCode: 137})],
			removed: [],
		});
		const later = after(stopped, {type: 'clock/ticked', now: now + 3_600_000});
		const {period} = statsWindow(later) ?? assert.fail();
		assert.ok(Math.abs(period.to - (now + 119 * second)) <= 3 * second);
		const content = statsContent(later, {width: 109, height: 37}, theme);
		assert.match(content.badges?.join(' ') ?? '', /not running, its past: ○ exited 137/);
		assert.match(withoutStyles(content.lines[0] ?? ''), /CPU +- /, 'nothing old is shown as live');
	});

	test('keeps the past of a container that is gone', () => {
		const gone = after(opened(), ...readings(0, 60), {
			type: 'engine/containers-changed',
			changed: [],
			removed: [idOf(1)],
		});
		assert.match(
			statsContent(gone, {width: 109, height: 37}, theme).badges?.join(' ') ?? '',
			/removed: its past/,
		);
		assert.match(linesOf(gone)[0] ?? '', /max +59\.0%/);
	});
});

suite('the cursor of the statistics', () => {
	const state = after(opened(), ...readings(0, 300));

	test('goes back from the newest, and shows what was then', () => {
		const back = press(press(state, 'left'), 'left');
		const {cursorCell, cells} = statsWindow(back) ?? assert.fail();
		assert.equal(cursorCell, cells - 2);
		// Cells of three seconds: the last one ends with reading 299.
		assert.match(linesOf(back)[0] ?? '', /CPU +29[3-6]%/);
	});

	test('stays at its moment while time goes on', () => {
		const looking = press(press(state, 'pgup'), 'pgup');
		const value = (of: State) => /CPU +([\d.]+)%/.exec(linesOf(of)[0] ?? '')?.[1];
		const before = statsWindow(looking)?.cursorCell ?? 0;
		const later = after(looking, ...readings(300, 30));
		assert.equal(statsWindow(later)?.cursorCell, before - 10);
		assert.equal(value(later), value(looking));
	});

	test('goes to the ends, and beyond the newest it is live again', () => {
		assert.equal(statsWindow(press(state, 'g'))?.cursorCell, 0);
		assert.equal(statsWindow(press(press(state, 'g'), 'left'))?.cursorCell, 0);
		assert.equal(press(press(state, 'g'), 'G').stats.view.cursorAt, undefined);
		assert.equal(press(press(state, 'left'), 'right').stats.view.cursorAt, undefined);
	});

	test('is forgotten with the next tab', () => {
		const looking = press(state, 'left');
		const screen = {kind: 'container', containerId: idOf(1), tab: 'logs'} as const;
		assert.equal(after(looking, {type: 'ui/screen-opened', screen}).stats.view.cursorAt, undefined);
	});

	test('shows a gap as a gap', () => {
		const early = after(opened(), ...readings(0, 3));
		assert.match(linesOf(press(early, 'g'))[0] ?? '', /CPU +- /);
	});
});

suite('the statistics tab', () => {
	test('asks for details of its container alone', () => {
		const demand = selectDemand(opened());
		assert.deepEqual([demand.detailedStats, demand.fastStats], [idOf(1), [idOf(1)]]);
		const screen = {kind: 'container', containerId: idOf(1), tab: 'logs'} as const;
		assert.equal(selectDemand(after(opened(), {type: 'ui/screen-opened', screen})).detailedStats, undefined);
	});

	const state = after(opened(), ...readings(0, 60));

	for (const [columns, height] of [
		[80, 21],
		[160, 42],
		[60, 12],
		[40, 8],
		[30, 5],
	] as const) {
		test(`has lines of exactly its width on ${columns}x${height}, the processor first`, () => {
			const small = after(opened(columns, height + 3), ...readings(0, 60));
			for (const of of [theme, ascii]) {
				const lines = linesOf(press(small, 'left'), height, of);
				assert.ok(lines.length <= height - 2, `${lines.length}`);
				for (const line of lines) assert.equal(cellWidth(line), columns - 2, line);
				assert.match(lines[0] ?? '', /CPU/);
			}
		});
	}

	test('shows everything at 80x24', () => {
		const text = linesOf(after(opened(80, 24), ...readings(0, 60)), 21).join('\n');
		for (const label of ['CPU', 'MEM', 'NET in', 'NET out', 'BLK read', 'BLK write', 'PIDS'])
			assert.match(text, new RegExp(`^ ${label} `, 'm'));
	});

	test('is ASCII where the terminal is', () => {
		for (const line of linesOf(state, 37, ascii)) assert.match(line, /^[\x20-\x7e]*$/);
	});

	test('scales to the limits and draws them', () => {
		const lines = linesOf(state);
		assert.match(lines[0] ?? '', /of 50% \(its limit\)/);
		assert.match(lines.find(line => line.startsWith(' MEM')) ?? '', /8\.0M of 64M \(its limit\)/);
		assert.ok(lines.some(line => /^ +64M ┄+/.test(line)));
	});

	test('says how often limits were enforced, and what each core does', () => {
		const more = {
			throttling: {periods: 100, throttledPeriods: 40, throttledNs: 12.34e9},
			throttledPercent: 25,
			oomKills: 2,
			memoryLimitHits: 7,
			corePercents: [10, 90],
		};
		const lines = linesOf(after(opened(), ...readings(0, 60, more)));
		assert.equal(
			lines[0]?.trim(),
			'2 OOM kills · memory limit hit 7 times · throttled 25.0% now, 40 of 100 periods, 12.3 s in all',
		);
		assert.ok(lines.some(line => line.startsWith(' core 0')));
		assert.ok(lines.some(line => line.startsWith(' core 1')));
	});

	test('shares its rows by weight, what does not fit is left out', () => {
		assert.deepEqual(sharedRows([3, 3, 1], 6, 9), [1, 1, 1]);
		assert.deepEqual(sharedRows([3, 3, 1], 5, 9), [2, 1, 0]);
		assert.deepEqual(sharedRows([3, 3, 1], 13, 9), [4, 4, 2]);
		assert.deepEqual(sharedRows([3, 3, 1], 99, 4), [4, 4, 4]);
		assert.deepEqual(sharedRows([3, 3, 1], 1, 4), [0, 0, 0]);
	});
});
