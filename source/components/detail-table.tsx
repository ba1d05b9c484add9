import {Text} from 'ink';
import {Table} from 'ink-table';
import type {PropsWithChildren} from 'react';
import {cellWidth, fit} from '../format/cells.ts';
import type {Theme} from '../theme/theme.ts';

export type DetailColumn = {readonly header: string; readonly align?: 'left' | 'right'};

export type DetailTableProps = {
	/** Headers differ from one another. */
	readonly columns: readonly DetailColumn[];
	/** One text for each column, sanitised. Meant for tens of rows: every row is mounted. */
	readonly rows: readonly (readonly string[])[];
	/** Cells that the whole table may take. */
	readonly width: number;
	readonly theme: Theme;
};

const PADDING = 1;
/** The first of the private-use characters, which stand for a cell each while the table is laid out. */
const FIRST_STAND_IN = 0xe000;
const MAX_STAND_INS = 0x1900;

/** Widths by the widest text of each column, then taken from the widest until the table fits. */
const columnWidths = (
	texts: readonly (readonly string[])[],
	count: number,
	width: number,
): readonly number[] => {
	const widths = Array.from({length: count}, (_, index) =>
		Math.max(1, ...texts.map(row => cellWidth(row[index] ?? ''))),
	);
	const room = Math.max(width - count * (2 * PADDING + 1) - 1, count);
	let excess = widths.reduce((sum, each) => sum + each, 0) - room;
	for (; excess > 0; excess--) {
		const widest = widths.indexOf(Math.max(...widths));
		widths[widest] = (widths[widest] ?? 1) - 1;
	}
	return widths;
};

/**
 * `ink-table` counts UTF-16 units where the terminal counts cells. So a text travels as a stand-in of exactly as many
 * units as it has cells, and turns into itself where it is drawn.
 */
const createStandIns = () => {
	const texts: string[] = [];
	const standIn = (text: string): string => {
		texts.push(text);
		return String.fromCharCode(FIRST_STAND_IN + texts.length - 1).padEnd(cellWidth(text), '\u00a0');
	};
	return {
		standIn: (text: string): string => (texts.length < MAX_STAND_INS ? standIn(text) : text),
		reveal: (shown: string): string =>
			shown.replace(
				/[\ue000-\uf8ff]\u00a0*/g,
				hidden => texts[hidden.charCodeAt(0) - FIRST_STAND_IN] ?? hidden,
			),
	};
};

const ASCII_FRAME: Readonly<Record<string, string>> = {'─': '-', '│': '|'};

const frameText = (text: string, isUnicode: boolean): string =>
	isUnicode ? text : text.replace(/[^\x20-\x7e]/g, glyph => ASCII_FRAME[glyph] ?? '+');

/** A small static table, framed. The one place that knows `ink-table`. */
export const DetailTable = ({columns, rows, width, theme}: DetailTableProps) => {
	const {ellipsis} = theme.glyphs;
	const texts = [columns.map(({header}) => header), ...rows].map(row => row.map(theme.spell));
	const widths = columnWidths(texts, columns.length, width);
	const {standIn, reveal} = createStandIns();
	const keys = columns.map(({header}, index) => standIn(fit(header, widths[index] ?? 1, {ellipsis})));
	const data = texts
		.slice(1)
		.map(row =>
			Object.fromEntries(
				columns.map(({align = 'left'}, index) => [
					keys[index],
					standIn(fit(row[index] ?? '', widths[index] ?? 1, {align, ellipsis, cut: 'middle'})),
				]),
			),
		);
	const words = ({children}: PropsWithChildren): string => (typeof children === 'string' ? children : '');
	return (
		<Table
			data={data}
			columns={keys}
			padding={PADDING}
			header={props => <Text>{theme.paint('header', reveal(words(props)))}</Text>}
			cell={props => <Text>{reveal(words(props))}</Text>}
			skeleton={props => <Text>{theme.paint('border', frameText(words(props), theme.isUnicode))}</Text>}
		/>
	);
};
