import {layoutTable, TABLE_FRAME_ROWS, type TableLayout} from '../../format/table-layout.ts';
import type {FactTable} from '../../resources/fact-table.ts';

/** A table at its place in a column of tables. */
export type PlacedTable = {
	readonly table: FactTable;
	readonly layout: TableLayout;
	/** First line, counted from the top of the column. */
	readonly top: number;
	/** Lines with its frame. */
	readonly height: number;
};

export type PlacedTables = {
	readonly columns: readonly {readonly width: number; readonly tables: readonly PlacedTable[]}[];
	/** Lines of the longest column. */
	readonly height: number;
};

const PANE_BORDER = 2;
/** From this width on two columns of tables stand side by side. */
const twoColumnsFrom = 120;

const placed = (tables: readonly FactTable[], width: number): readonly PlacedTable[] => {
	let top = 0;
	return tables
		.filter(({rows}) => rows.length > 0)
		.map(table => {
			const texts = table.rows.map(row => row.map(({text}) => text));
			const layout = layoutTable(table.headers, texts, width);
			const height = layout.lines.length + TABLE_FRAME_ROWS;
			top += height;
			return {table, layout, top: top - height, height};
		});
};

const columnsOf = (tables: readonly FactTable[], columns: number): PlacedTables['columns'] => {
	const width = Math.max(0, columns - PANE_BORDER);
	if (columns < twoColumnsFrom) return [{width, tables: placed(tables, width)}];
	const left = Math.floor(width / 2);
	const ofSide = (side: FactTable['side']) => tables.filter(table => table.side === side);
	return [
		{width: left, tables: placed(ofSide('left'), left)},
		{width: width - left, tables: placed(ofSide('right'), width - left)},
	];
};

/** Tables below one another; on a wide screen in two columns. @param columns cells of the screen */
export const placeTables = (tables: readonly FactTable[], columns: number): PlacedTables => {
	const all = columnsOf(tables, columns);
	const heights = all.map(column => column.tables.reduce((sum, {height}) => sum + height, 0));
	return {columns: all, height: Math.max(0, ...heights)};
};

/** How many values are hidden. */
export const maskedIn = (shown: readonly FactTable[], whole: readonly FactTable[]): number =>
	shown.reduce((sum, table, index) => {
		const others = whole[index]?.rows.flat();
		return sum + table.rows.flat().filter((cell, at) => cell.text !== others?.[at]?.text).length;
	}, 0);
