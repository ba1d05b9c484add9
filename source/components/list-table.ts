import {type CutAt, fit} from '../format/cells.ts';
import {COLUMN_GAP, MARK_GUTTER} from '../format/table-metrics.ts';
import type {Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';

export type TableColumn = {
	readonly header: string;
	/** Cells. */
	readonly width: number;
	readonly align: 'left' | 'right';
};

export type TableCell = {readonly text: string; readonly tone?: Token | undefined; readonly cut?: CutAt};

export type TableRow = {
	/** One for each column, sanitised. */
	readonly cells: readonly TableCell[];
	readonly isMarked?: boolean;
	/** Faint as a whole, e.g. while the engine is gone. */
	readonly isStale?: boolean;
};

export type TableOptions = {
	readonly columns: readonly TableColumn[];
	/** Cells of a whole line, gutter included. */
	readonly width: number;
	readonly theme: Theme;
};

const gap = ' '.repeat(COLUMN_GAP);

const fill = (line: string, used: number, width: number): string =>
	line + ' '.repeat(Math.max(width - used, 0));

const usedWidth = (columns: readonly TableColumn[]): number =>
	MARK_GUTTER +
	columns.reduce((sum, {width}) => sum + width, 0) +
	COLUMN_GAP * Math.max(columns.length - 1, 0);

const cellText = ({text, cut}: TableCell, column: TableColumn, theme: Theme): string =>
	fit(theme.spell(text), column.width, {
		align: column.align,
		ellipsis: theme.glyphs.ellipsis,
		...(cut !== undefined && {cut}),
	});

/** The names of the columns, with the direction of the sort at the one at `sort.index`. */
export const tableHeader = (
	{columns, width, theme}: TableOptions,
	sort?: {readonly index: number; readonly isDescending: boolean},
): string => {
	const headers = columns.map((column, index) => {
		const mark = sort?.isDescending ? theme.glyphs.descending : theme.glyphs.ascending;
		const text = index === sort?.index ? `${column.header}${mark}` : column.header;
		return cellText({text}, column, theme);
	});
	const line = fill(' '.repeat(MARK_GUTTER) + headers.join(gap), usedWidth(columns), width);
	return theme.paint('header', line);
};

/**
 * One row as one line of exactly `width` cells. The row under the cursor drops the tones of its cells: it is one
 * band over the whole width, and state stays readable by its glyph.
 * @param cursor whether the row is under the cursor, of a list that has the focus or has it not
 */
export const tableLine = (
	{cells, isMarked = false, isStale = false}: TableRow,
	{columns, width, theme}: TableOptions,
	cursor: 'none' | 'focused' | 'idle' = 'none',
): string => {
	const isUniform = cursor === 'focused' || isStale;
	const texts = columns.map((column, index) => {
		const cell = cells[index] ?? {text: ''};
		const text = cellText(cell, column, theme);
		return isUniform ? text : theme.paint(cell.tone, text);
	});
	const mark = isMarked ? theme.glyphs.mark : ' ';
	const gutter = fill(isUniform ? mark : theme.paint('mark', mark), 1, MARK_GUTTER);
	const line = fill(gutter + texts.join(gap), usedWidth(columns), width);
	if (cursor === 'focused') return theme.paint('selection', line);
	if (isStale) return theme.paint('dim', line);
	return cursor === 'idle' ? theme.paint('selectionIdle', line) : line;
};

/** The lines of a window of rows. @param cursor index in `rows`, outside of it for none */
export const tableLines = (
	rows: readonly TableRow[],
	options: TableOptions & {readonly cursor: number; readonly isFocused: boolean},
): readonly string[] =>
	rows.map((row, index) =>
		tableLine(row, options, index === options.cursor ? (options.isFocused ? 'focused' : 'idle') : 'none'),
	);
