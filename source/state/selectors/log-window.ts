import {cellWidth} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {State} from '../model.ts';
import {entryAt, type LogEntry} from '../views/log-buffer.ts';
import type {LogPlace, LogsState} from '../views/logs.ts';
import {readerHeight} from './layout.ts';
import {filterMatcher, type LogIndex, logIndex, patternOf} from './log-index.ts';
import {type LogLayout, logRows} from './log-rows.ts';

/** Day and time to the millisecond. */
export const stampCells = 23;
const markCells = 1;
const borderCells = 2;
const maxNameCells = 24;

/** Several containers' lines are told apart by their names. */
export const isMerged = ({request: {of}}: LogsState): boolean => of.kind === 'project' || of.ids.length > 1;

/** Cells of the names before the lines; 0 for a single container. */
export const nameCells = (logs: LogsState, columns: number): number => {
	if (!isMerged(logs)) return 0;
	const longest = Math.max(0, ...logs.members.map(({name}) => cellWidth(sanitise(name))));
	return Math.min(longest, maxNameCells, Math.max(6, Math.floor(columns / 5)));
};

/** A log as it is being read: which lines, and how they are laid out. */
export type LogReading = {
	readonly logs: LogsState;
	readonly index: LogIndex;
	readonly layout: LogLayout;
	readonly height: number;
};

export const logReading = (state: State, logs: LogsState): LogReading => {
	const {columns, queries} = state.ui;
	const names = nameCells(logs, columns);
	const before = markCells + (logs.look.hasTimestamps ? stampCells + 1 : 0) + (names === 0 ? 0 : names + 1);
	const find = patternOf(queries['logs.find'] ?? '');
	return {
		logs,
		index: logIndex(logs.buffer, filterMatcher(queries['logs.filter'] ?? '')),
		height: readerHeight(state),
		layout: {
			width: Math.max(1, columns - borderCells - before),
			column: logs.look.isWrapped ? 0 : logs.column,
			isWrapped: logs.look.isWrapped,
			isPretty: logs.look.isPretty,
			find: find.ok ? find.value : undefined,
		},
	};
};

const rowCount = ({logs, layout}: LogReading, number: number): number => {
	if (!layout.isWrapped) return 1;
	const entry = entryAt(logs.buffer, number);
	return entry === undefined ? 1 : logRows(entry, layout).length;
};

/** Goes up or down by rows, at most to the first or the last row of all. */
const moved = (reading: LogReading, place: LogPlace, rows: number): LogPlace => {
	const {index} = reading;
	let position = index.positionOf(place.line);
	let number = index.numberAt(position);
	if (number === undefined) return {line: index.numberAt(index.count - 1) ?? place.line, row: 0};
	// A line that is gone, or passes the filter no more, leaves its place to the next one.
	let row = number === place.line ? Math.min(place.row, rowCount(reading, number) - 1) : 0;
	row += rows;
	while (row < 0) {
		const before = index.numberAt(position - 1);
		if (before === undefined) return {line: number, row: 0};
		position -= 1;
		number = before;
		row += rowCount(reading, number);
	}
	for (let count = rowCount(reading, number); row >= count; count = rowCount(reading, number)) {
		const after = index.numberAt(position + 1);
		if (after === undefined) return {line: number, row: count - 1};
		row -= count;
		position += 1;
		number = after;
	}
	return {line: number, row};
};

/** Where the window begins that shows the last rows. */
export const endPlace = (reading: LogReading): LogPlace => {
	const {index, height} = reading;
	const line = index.numberAt(index.count - 1);
	if (line === undefined) return {line: reading.logs.buffer.dropped, row: 0};
	return moved(reading, {line, row: rowCount(reading, line) - 1}, 1 - height);
};

export const isBefore = (left: LogPlace, right: LogPlace): boolean =>
	left.line < right.line || (left.line === right.line && left.row < right.row);

/** Where the window begins: its place, or the end when it follows, never so low that it would show blanks. */
export const topPlace = (reading: LogReading): LogPlace => {
	const end = endPlace(reading);
	if (reading.logs.isFollowing) return end;
	const place = moved(reading, reading.logs.place, 0);
	return isBefore(end, place) ? end : place;
};

/** So many rows further down, or up. */
export const placeAfter = (reading: LogReading, place: LogPlace, rows: number): LogPlace => {
	const next = moved(reading, place, rows);
	const end = endPlace(reading);
	return isBefore(end, next) ? end : next;
};

export type LogRow = {
	readonly number: number;
	readonly entry: LogEntry;
	/** Of a wrapped line the rows after the first have nothing before them. */
	readonly isFirst: boolean;
	readonly text: string;
};

export type LogWindow = {
	readonly rows: readonly LogRow[];
	readonly hasMoreAbove: boolean;
	readonly hasMoreBelow: boolean;
};

/** The rows on the screen: the work is that for these rows, however long the log is. */
export const logWindow = (reading: LogReading, top = topPlace(reading)): LogWindow => {
	const {logs, index, layout, height} = reading;
	const rows: LogRow[] = [];
	const first = index.positionOf(top.line);
	let position = first;
	let skip = top.row;
	let isCut = false;
	for (; rows.length < height; position += 1) {
		const number = index.numberAt(position);
		const entry = number === undefined ? undefined : entryAt(logs.buffer, number);
		if (number === undefined || entry === undefined) break;
		const texts = logRows(entry, layout);
		const shown = texts.slice(skip, skip + height - rows.length);
		for (const [place, text] of shown.entries())
			rows.push({number, entry, isFirst: skip + place === 0, text});
		isCut = skip + shown.length < texts.length;
		skip = 0;
	}
	return {
		rows,
		hasMoreAbove: first > 0 || top.row > 0,
		hasMoreBelow: isCut || position < index.count,
	};
};
