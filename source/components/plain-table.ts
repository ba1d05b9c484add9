import process from 'node:process';
import {type CutAt, cellWidth, fit} from '../format/cells.ts';
import {detectTheme} from '../theme/detect.ts';
import {createTheme, type Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';

export type PlainColumn = {
	readonly header: string;
	readonly align?: 'left' | 'right';
};

/** One for each column, sanitised; the last gives way where the line is too long. */
export type PlainRow = {
	readonly cells: readonly string[];
	/** Of the whole row. */
	readonly tone?: Token;
};

export type Paper = {
	/** Cells of a line; absent: as long as it has to be, for pipes and files. */
	readonly width?: number;
	readonly theme: Theme;
};

/** Without a terminal not even bold: a file of a report is text. */
const plainTheme: Theme = {...createTheme({colours: 'none', isUnicode: true}), paint: (_, text) => text};

/** @param stdout without `columns`, lines are as long as they have to be */
export const paperOn = (
	{isTTY, columns}: {readonly isTTY?: boolean; readonly columns?: number},
	env: Readonly<Record<string, string | undefined>> = process.env,
): Paper =>
	isTTY === true
		? {...(columns !== undefined && {width: columns}), theme: createTheme(detectTheme(env, true))}
		: {theme: plainTheme};

const gap = 2;
const leastLastWidth = 20;

/** Lines of a table, each as wide as it has to be. @param cutAt where the last column is cut */
export const plainTable = (
	columns: readonly PlainColumn[],
	rows: readonly PlainRow[],
	{width, theme}: Paper,
	cutAt: CutAt = 'end',
): readonly string[] => {
	const natural = columns.map(({header}, index) =>
		Math.max(cellWidth(header), ...rows.map(({cells}) => cellWidth(cells[index] ?? ''))),
	);
	const before = natural.slice(0, -1).reduce((sum, each) => sum + each + gap, 0);
	const last = natural.at(-1) ?? 0;
	const room = width === undefined ? last : Math.max(leastLastWidth, width - before);
	const line = (cells: readonly string[]): string =>
		columns
			.map(({align = 'left'}, index) => {
				const isLast = index === columns.length - 1;
				const columnWidth = isLast ? Math.min(last, room) : (natural[index] ?? 0);
				const text = theme.spell(cells[index] ?? '');
				return fit(text, columnWidth, {align, cut: isLast ? cutAt : 'end', ellipsis: theme.glyphs.ellipsis});
			})
			.join(' '.repeat(gap))
			.trimEnd();
	return [
		theme.paint('header', line(columns.map(({header}) => header))),
		...rows.map(({cells, tone}) => theme.paint(tone, line(cells))),
	];
};
