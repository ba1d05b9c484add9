import type {ContainerId} from '../../engine/types.ts';
import {
	beginningOf,
	type Columns,
	columnsOf,
	endOf,
	type Period,
	recentOf,
	type Summary,
	summaryOf,
} from '../history/past.ts';
import {isEmpty, type Track} from '../history/track.ts';
import type {State} from '../model.ts';
import {type Channel, channels, type Span} from '../views/stats.ts';
import {isMeasured} from './containers.ts';

/** What the graphs of the open container show: so many cells of equal time. */
export type StatsWindow = {
	readonly period: Period;
	readonly cells: number;
	readonly cellMs: number;
	/** The cell of the moment that is looked at; absent: the newest, whatever comes. */
	readonly cursorCell?: number;
	readonly track: Track;
};

/** Cells to the left of the graphs, for their scales. */
export const scaleCells = 7;
const borderCells = 2;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const fixedMs = {short: 5 * minuteMs, long: 30 * minuteMs} as const;
/** Lengths that a whole past is shown at, so that the cells keep their times while it grows. */
const allMs: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 4320].map(
	minutes => minutes * minuteMs,
);
const weekMs = 7 * 24 * hourMs;

/** For so long the time goes on in the graphs of what has stopped. */
const afterEndMs = minuteMs;

const lengthOf = (span: Span, pastMs: number): number => {
	if (span !== 'all') return fixedMs[span];
	return allMs.find(length => length >= pastMs) ?? Math.ceil(pastMs / weekMs) * weekMs;
};

const isLive = (state: State, id: ContainerId): boolean => {
	const container = state.opened?.departure === undefined ? state.containers.byId.get(id) : undefined;
	return container !== undefined && isMeasured(container);
};

/** `undefined` while nothing was read of it. */
export const statsWindow = (state: State): StatsWindow | undefined => {
	const {opened, stats, now, ui} = state;
	const track = opened === undefined ? undefined : stats.tracks.get(opened.containerId);
	if (opened === undefined || track === undefined || isEmpty(track)) return undefined;
	const cells = Math.max(1, ui.columns - borderCells - scaleCells);
	const end = endOf(track) ?? now;
	const until = isLive(state, opened.containerId) ? Math.max(now, end) : Math.min(now, end + afterEndMs);
	const length = lengthOf(stats.view.span, until - (beginningOf(track) ?? until));
	const cellMs = length / cells;
	const to = Math.ceil(until / cellMs) * cellMs;
	const period = {from: to - length, to};
	const {cursorAt} = stats.view;
	if (cursorAt === undefined) return {period, cells, cellMs, track};
	const cell = Math.floor((cursorAt - period.from) / cellMs);
	return {period, cells, cellMs, track, cursorCell: Math.min(cells - 1, Math.max(0, cell))};
};

/** Epoch ms, in the middle of a cell. */
export const timeOfCell = ({period, cellMs}: StatsWindow, cell: number): number =>
	period.from + (cell + 0.5) * cellMs;

/** One line of numbers through the window. */
export type Course = {
	/** @param perCell how many columns to a cell */
	readonly columns: (perCell: number) => Columns;
	readonly summary: Summary;
	/** Mean in the cell under the cursor; NaN in a gap, `undefined` without a cursor. */
	readonly atCursor: number | undefined;
};

const courseOf = (window: StatsWindow, track: Track, channel: number): Course => {
	const {period, cells, cellMs, cursorCell} = window;
	const at = (cell: number): number => {
		const from = period.from + cell * cellMs;
		return columnsOf(track, channel, {from, to: from + cellMs}, 1).mean[0] ?? Number.NaN;
	};
	return {
		columns: perCell => columnsOf(track, channel, period, cells * perCell),
		summary: summaryOf(track, channel, period),
		atCursor: cursorCell === undefined ? undefined : at(cursorCell),
	};
};

export const channelCourse = (window: StatsWindow, channel: Channel): Course =>
	courseOf(window, window.track, channels.indexOf(channel));

/** One course for each core of the open container, where the engine tells them apart. */
export const coreCourses = (
	state: State,
	window: StatsWindow,
): readonly (Course & {readonly latest: number})[] => {
	const {cores} = state.stats;
	if (cores === undefined || cores.containerId !== state.opened?.containerId) return [];
	return cores.latest.map((latest, core) => ({...courseOf(window, cores.track, core), latest}));
};

const shortMs = 1000;

/** The last `cells` seconds of a history, one to a cell, NaN where nothing was read. */
export const lastSeconds = (
	track: Track,
	channel: Channel,
	cells: number,
	now: number,
): readonly number[] => {
	const to = Math.ceil(now / shortMs) * shortMs;
	const period = {from: to - cells * shortMs, to};
	return [...columnsOf(track, channels.indexOf(channel), period, cells).mean];
};

/** The newest readings of the processor since the last gap, oldest first. */
export const recentCpu = (track: Track, count: number): readonly number[] =>
	recentOf(track, channels.indexOf('cpuPercent'), count);
