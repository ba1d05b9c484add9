import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {cellWidth, fit} from '../../format/cells.ts';
import {formatClock} from '../../format/duration.ts';
import {blockPlot, braillePlot} from '../../format/plot.ts';
import {containerStateCell} from '../../resources/container-state.ts';
import type {State} from '../../state/model.ts';
import {type StatsWindow, scaleCells, statsWindow, timeOfCell} from '../../state/selectors/stats-window.ts';
import type {Span} from '../../state/views/stats.ts';
import type {Theme} from '../../theme/theme.ts';
import type {Token} from '../../theme/tokens.ts';
import {factLines} from './stats-facts.ts';
import {type Graph, graphsOf} from './stats-graphs.ts';
import type {TabProps} from './tab.ts';

const minuteMs = 60_000;

const lengthText = (ms: number): string => {
	const minutes = Math.round(ms / minuteMs);
	if (minutes < 60) return `${minutes} min`;
	return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
};

const spanText = (span: Span, window: StatsWindow): string => {
	const length = lengthText(window.period.to - window.period.from);
	return span === 'all' ? `all: ${length}` : length;
};

const labelCells = 10;

const toneOf = (value: number | undefined, limit: number | undefined): Token | undefined =>
	value === undefined || limit === undefined || limit <= 0 || value < 0.8 * limit
		? undefined
		: value < 0.95 * limit
			? 'watch'
			: 'trouble';

/** Name, value now or under the cursor, and what the period holds, right aligned. */
const headLine = (graph: Graph, width: number, theme: Theme): string => {
	const {course, format, note, limit} = graph;
	const value = course.atCursor ?? graph.latest;
	const label = ` ${fit(graph.label, labelCells)}`;
	const number = format(value);
	const {least, mean, most} = course.summary;
	const figures = `min ${format(least)}  mean ${format(mean)}  max ${format(most)} `;
	const room = width - cellWidth(label) - cellWidth(number) - 1;
	const rest = cellWidth(figures) <= room ? figures : '';
	const noteRoom = Math.max(0, room - cellWidth(rest));
	return (
		theme.paint('title', label) +
		theme.paint(toneOf(value, limit), number) +
		theme.paint('dim', ` ${fit(note, noteRoom, {ellipsis: theme.glyphs.ellipsis})}`) +
		theme.paint('dim', rest)
	);
};

const plotRows = (graph: Graph, height: number, theme: Theme): readonly string[] => {
	const {course, top, limit} = graph;
	const {glyphs} = theme;
	const line = limit === undefined ? {} : {line: {value: limit, glyph: glyphs.limit}};
	// One row has more steps in blocks.
	if (glyphs.graph === 'braille' && height > 1)
		return braillePlot({...course.columns(2), height, top, ...line});
	return blockPlot({mean: course.columns(1).mean, height, top}, glyphs.levels);
};

/** The row with the moment that is looked at marked. */
const withCursor = (row: string, cell: number | undefined, theme: Theme): string =>
	cell === undefined
		? theme.paint('accent', row)
		: theme.paint('accent', row.slice(0, cell)) +
			theme.paint('cursor', row.charAt(cell) || ' ') +
			theme.paint('accent', row.slice(cell + 1));

const graphLines = (graph: Graph, window: StatsWindow, height: number, theme: Theme): readonly string[] => {
	const rows = plotRows(graph, height, theme);
	const scale = (index: number): string => {
		const text =
			index === 0 ? graph.formatScale(graph.top) : index === rows.length - 1 ? graph.formatScale(0) : '';
		return theme.paint('dim', `${fit(text, scaleCells - 1, {align: 'right'})} `);
	};
	return rows.map((row, index) => scale(index) + withCursor(row, window.cursorCell, theme));
};

/** A core's line: name, graph of one row, and the value in front of it. */
const smallLine = (graph: Graph, window: StatsWindow, theme: Theme): string => {
	const [row = ''] = blockPlot(
		{mean: graph.course.columns(1).mean, height: 1, top: graph.top},
		theme.glyphs.levels,
	);
	return theme.paint('dim', fit(` ${graph.label}`, scaleCells)) + withCursor(row, window.cursorCell, theme);
};

/** Where the period begins and ends, and the moment under the cursor. */
const axisLine = (window: StatsWindow, width: number, theme: Theme): string => {
	const {period, cells, cursorCell} = window;
	const from = formatClock(period.from);
	const to = formatClock(period.to);
	const clockCells = from.length;
	const ends = from + ' '.repeat(Math.max(1, cells - 2 * clockCells)) + to;
	const pad = ' '.repeat(scaleCells);
	if (cursorCell === undefined || cells < 3 * clockCells + 2)
		return theme.paint('dim', fit(pad + ends, width));
	const at = formatClock(timeOfCell(window, cursorCell));
	const start = Math.min(Math.max(0, cursorCell - clockCells / 2), cells - clockCells);
	const line = ' '.repeat(start) + at;
	const before = start > clockCells ? from + ' '.repeat(start - clockCells) : ' '.repeat(start);
	const rest = cells - start - clockCells;
	const after = rest > clockCells ? ' '.repeat(rest - clockCells) + to : ' '.repeat(rest);
	return (
		theme.paint('dim', pad + before) + theme.paint('cursor', line.trimStart()) + theme.paint('dim', after)
	);
};

/** Rows for each graph's plot: every graph that fits has one, the rest goes by weight; 0 = it is not shown. */
export const sharedRows = (weights: readonly number[], rows: number, most: number): readonly number[] => {
	const shown = Math.min(weights.length, Math.floor(rows / 2));
	const shares: number[] = weights.map((_, index) => (index < shown ? 1 : 0));
	let left = rows - 2 * shown;
	while (left > 0) {
		let next = -1;
		for (let index = 0; index < shown; index += 1) {
			const need = (shares[index] ?? 0) / (weights[index] ?? 1);
			if ((shares[index] ?? 0) < most && (next < 0 || need < (shares[next] ?? 0) / (weights[next] ?? 1)))
				next = index;
		}
		if (next < 0) break;
		shares[next] = (shares[next] ?? 0) + 1;
		left -= 1;
	}
	return shares;
};

/** No graph gets taller than this: beyond it says no more. */
const mostPlotRows = 12;
/** With fewer rows a graph of each core takes more from the others than it tells. */
const rowsForCores = 26;
const mostCores = 16;

const bodyLines = (state: State, window: StatsWindow, size: TabProps, theme: Theme): readonly string[] => {
	const graphs = graphsOf(state, window);
	const large = graphs.filter(graph => graph.isSmall !== true);
	const cores = graphs.filter(graph => graph.isSmall === true);
	const isRoomForCores = size.height >= rowsForCores && cores.length <= mostCores;
	const small = isRoomForCores ? cores : [];
	const axisRows = 1;
	const weights = large.map(({weight}) => weight);
	const shares = sharedRows(weights, size.height - axisRows - small.length, mostPlotRows);
	const lines = large.flatMap((graph, index) => {
		const rows = shares[index] ?? 0;
		if (rows === 0) return [];
		const own = [headLine(graph, size.width, theme), ...graphLines(graph, window, rows, theme)];
		return index === 0 ? [...own, ...small.map(core => smallLine(core, window, theme))] : own;
	});
	return [...lines, axisLine(window, size.width, theme)];
};

const emptyText = (state: State): string => {
	const container = state.opened?.container;
	const isMeasured = container?.state === 'running' || container?.state === 'paused';
	if (isMeasured && state.opened?.departure === undefined) return 'No reading has come yet.';
	return 'It does not run, and has not since Gantry began to look: there is nothing to show.';
};

const badgesOf = (state: State, window: StatsWindow | undefined, theme: Theme): readonly string[] => {
	if (window === undefined) return [];
	const {opened, stats, engine} = state;
	const span = spanText(stats.view.span, window);
	const container = opened?.container;
	const isLive = container !== undefined && stats.byId.has(container.id) && opened?.departure === undefined;
	const standing =
		engine.connection.status === 'reconnecting'
			? 'the engine is away'
			: isLive
				? 'live'
				: container === undefined || opened?.departure !== undefined
					? 'removed: its past'
					: `not running, its past: ${containerStateCell(container, {now: state.now, glyphs: theme.glyphs}).text}`;
	if (window.cursorCell === undefined) return [span, standing];
	return [span, `at ${formatClock(timeOfCell(window, window.cursorCell))}`, standing];
};

/** Graphs of what the open container uses, over time. */
export const statsContent = (state: State, size: TabProps, theme: Theme): PaneContent => {
	const width = Math.max(0, size.width - PANE_BORDER);
	const height = Math.max(0, size.height - PANE_BORDER);
	const window = statsWindow(state);
	const facts = factLines(state, width, theme);
	const graphs =
		window === undefined
			? ['', ` ${emptyText(state)}`].map(line => theme.paint('dim', fit(line, width)))
			: bodyLines(state, window, {width, height: height - facts.length}, theme);
	const isStale = state.engine.connection.status === 'reconnecting';
	const lines = [...facts, ...graphs];
	return {
		...size,
		title: 'Statistics',
		badges: badgesOf(state, window, theme),
		isFocused: true,
		lines: isStale ? lines.map(line => theme.paint('dim', line)) : lines,
		theme,
	};
};
