import {fit, isPrintableAscii} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import {fitStyled, withoutStyles} from '../format/styled.ts';
import type {State} from '../state/model.ts';
import {
	type LogReading,
	type LogRow,
	logReading,
	logWindow,
	nameCells,
	stampCells,
} from '../state/selectors/log-window.ts';
import type {LogsState} from '../state/views/logs.ts';
import type {Theme} from '../theme/theme.ts';

/** Six colours that a name may have; of the terminal's own palette, so that they read on its ground. */
const nameColours = [36, 33, 35, 32, 34, 31] as const;

/** The same name has the same colour everywhere, always. */
const nameColour = (name: string): number => {
	let hash = 0;
	for (let index = 0; index < name.length; index += 1) hash = (hash * 31 + name.charCodeAt(index)) | 0;
	return nameColours[Math.abs(hash) % nameColours.length] ?? 36;
};

const paintName = (name: string, width: number, theme: Theme): string => {
	const shown = fit(theme.spell(sanitise(name)), width, {cut: 'middle', ellipsis: theme.glyphs.ellipsis});
	return theme.colours === 'none' ? shown : `\x1b[${nameColour(name)}m${shown}\x1b[39m`;
};

const fitText = (text: string, width: number, column: number): string =>
	isPrintableAscii(text) ? text.slice(column, column + width).padEnd(width) : fitStyled(text, width, column);

/** One cell before the text: what was found last, or where the line comes from. */
const markOf = ({entry, isFirst, number}: LogRow, found: number | undefined, theme: Theme): string => {
	if (!isFirst) return ' ';
	if (number === found) return theme.paint('accent', theme.glyphs.arrow);
	switch (entry.source) {
		case 'stdout':
			return entry.isPiece ? theme.paint('dim', theme.glyphs.bullet) : ' ';
		case 'stderr':
			return theme.paint('trouble', '!');
		case 'engine':
			return theme.paint('watch', '#');
		case 'note':
			return theme.paint('watch', '~');
	}
};

const beforeOf = (row: LogRow, {logs}: LogReading, names: number, theme: Theme): string => {
	const stamp = logs.look.hasTimestamps
		? `${theme.paint('dim', fit(row.isFirst ? row.entry.stamp.slice(0, stampCells).replace('T', ' ') : '', stampCells))} `
		: '';
	const member = logs.members[row.entry.from ?? 0];
	const name =
		names === 0 ? '' : `${row.isFirst ? paintName(member?.name ?? '', names, theme) : ' '.repeat(names)} `;
	return stamp + name + markOf(row, logs.found, theme);
};

const rowLine = (row: LogRow, reading: LogReading, names: number, theme: Theme): string => {
	const {width, column} = reading.layout;
	const told =
		theme.colours === 'none' && reading.layout.find === undefined ? withoutStyles(row.text) : row.text;
	const spelled = theme.isUnicode ? told : told.replace(/[^\x20-\x7e\x1b]/gu, '?');
	const text = fitText(spelled, width, column);
	const isTold = row.entry.source === 'note' || row.entry.source === 'engine';
	const painted = isTold ? theme.paint('watch', text) : text;
	return beforeOf(row, reading, names, theme) + painted;
};

export type LogPaneLines = {
	readonly lines: readonly string[];
	readonly hasMoreAbove: boolean;
	readonly hasMoreBelow: boolean;
};

/** The rows of the log that are on the screen, each exactly as wide as the inside of its pane. */
export const logPaneLines = (state: State, logs: LogsState, theme: Theme): LogPaneLines => {
	const reading = logReading(state, logs);
	const {rows, hasMoreAbove, hasMoreBelow} = logWindow(reading);
	const names = nameCells(logs, state.ui.columns);
	const lines = rows.map(row => rowLine(row, reading, names, theme));
	return {lines, hasMoreAbove, hasMoreBelow};
};
