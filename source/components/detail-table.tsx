import {Text} from 'ink';
import {Table} from 'ink-table';
import {type PropsWithChildren, useState} from 'react';
import {cellWidth, fit} from '../format/cells.ts';
import {columnWidths, TABLE_PADDING} from '../format/table-layout.ts';
import type {Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';

export type DetailColumn = {readonly header: string; readonly align?: 'left' | 'right'};

/** Sanitised text and what it means. */
export type DetailCell = string | {readonly text: string; readonly tone?: Token | undefined};

export type DetailTableProps = {
	/** Headers differ from one another. */
	readonly columns: readonly DetailColumn[];
	/** One text for each column. Meant for tens of rows: every row is mounted. */
	readonly rows: readonly (readonly DetailCell[])[];
	/** Cells that the whole table may take. */
	readonly width: number;
	/** Cells of each column, when they are decided by more rows than these. */
	readonly widths?: readonly number[];
	readonly theme: Theme;
};

/** The first of the private-use characters, which stand for a cell each while the table is laid out. */
const FIRST_STAND_IN = 0xe000;
const MAX_STAND_INS = 0x1900;

const textOf = (cell: DetailCell | undefined): string =>
	typeof cell === 'object' ? cell.text : (cell ?? '');
const toneOf = (cell: DetailCell | undefined): Token | undefined =>
	typeof cell === 'object' ? cell.tone : undefined;

/**
 * `ink-table` counts UTF-16 units where the terminal counts cells. So a text travels as a stand-in of exactly as many
 * units as it has cells, and turns into itself where it is drawn.
 */
const createStandIns = () => {
	let texts: string[] = [];
	const standIn = (text: string, shown: string): string => {
		texts.push(shown);
		return String.fromCharCode(FIRST_STAND_IN + texts.length - 1).padEnd(cellWidth(text), '\u00a0');
	};
	return {
		/** @param shown the text with its colours */
		standIn: (text: string, shown = text): string =>
			texts.length < MAX_STAND_INS ? standIn(text, shown) : text,
		reveal: (shown: string): string =>
			shown.replace(
				/[\ue000-\uf8ff]\u00a0*/g,
				hidden => texts[hidden.charCodeAt(0) - FIRST_STAND_IN] ?? hidden,
			),
		/** Before the next drawing. */
		clear: () => {
			texts = [];
		},
	};
};

const ASCII_FRAME: Readonly<Record<string, string>> = {'─': '-', '│': '|'};

const frameText = (text: string, isUnicode: boolean): string =>
	isUnicode ? text : text.replace(/[^\x20-\x7e]/g, glyph => ASCII_FRAME[glyph] ?? '+');

/** Without the lines between rows: on a small screen they would be half of the table. */
class CompactTable extends Table<Record<string, string>> {
	override separator = () => <></>;
}

/** A small static table, framed. The one place that knows `ink-table`. */
export const DetailTable = ({columns, rows, width, widths: given, theme}: DetailTableProps) => {
	const {ellipsis} = theme.glyphs;
	const headers = columns.map(({header}) => theme.spell(header));
	const texts = rows.map(row => columns.map((_, index) => theme.spell(textOf(row[index]))));
	const widths = given ?? columnWidths([headers, ...texts], columns.length, width);
	// The table keeps the components that it was first given: they have to see the texts of every later drawing.
	const [{standIn, reveal, clear}] = useState(createStandIns);
	clear();
	const keys = headers.map((header, index) => {
		const text = fit(header, widths[index] ?? 1, {ellipsis});
		return standIn(text, theme.paint('header', text));
	});
	const data = rows.map((row, at) =>
		Object.fromEntries(
			columns.map(({align = 'left'}, index) => {
				const whole = texts[at]?.[index] ?? '';
				const text = fit(whole, widths[index] ?? 1, {align, ellipsis, cut: 'middle'});
				return [keys[index] ?? '', standIn(text, theme.paint(toneOf(row[index]), text))];
			}),
		),
	);
	const words = ({children}: PropsWithChildren): string => (typeof children === 'string' ? children : '');
	return (
		<CompactTable
			data={data}
			columns={keys}
			padding={TABLE_PADDING}
			header={props => <Text>{reveal(words(props))}</Text>}
			cell={props => <Text>{reveal(words(props))}</Text>}
			skeleton={props => <Text>{theme.paint('border', frameText(words(props), theme.isUnicode))}</Text>}
		/>
	);
};
