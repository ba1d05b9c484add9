import {cellWidth} from './cells.ts';
import {wrapWhole} from './wrap.ts';

/** How a framed table of wrapped texts lies in a width. */
export type TableLayout = {
	/** Cells of each column, without padding and frame. */
	readonly widths: readonly number[];
	/** The lines of all rows: which row it belongs to, and a text for each column that fits there. */
	readonly lines: readonly {readonly row: number; readonly texts: readonly string[]}[];
};

/** Cells on each side of a text. */
export const TABLE_PADDING = 1;
/** Lines of a table besides those of its rows: frame and headers. */
export const TABLE_FRAME_ROWS = 3;

const roomFor = (count: number, width: number): number =>
	Math.max(width - count * (2 * TABLE_PADDING + 1) - 1, count);

const naturalWidths = (
	texts: readonly (readonly string[])[],
	count: number,
	room: number,
): readonly number[] =>
	Array.from({length: count}, (_, index) =>
		Math.max(1, ...texts.map(row => Math.min(room, cellWidth(row[index] ?? '')))),
	);

/** Widths by the widest text of each column, taken from the widest until the table fits. */
export const columnWidths = (
	texts: readonly (readonly string[])[],
	count: number,
	width: number,
): readonly number[] => {
	const room = roomFor(count, width);
	const widths = [...naturalWidths(texts, count, room)];
	let excess = widths.reduce((sum, each) => sum + each, 0) - room;
	for (; excess > 0; excess--) {
		const widest = widths.indexOf(Math.max(...widths));
		widths[widest] = (widths[widest] ?? 1) - 1;
	}
	return widths;
};

/** The last column takes what is left over, so that tables below one another end at one edge. */
const filled = (widths: readonly number[], width: number): readonly number[] => {
	const spare = roomFor(widths.length, width) - widths.reduce((sum, each) => sum + each, 0);
	return widths.map((each, index) => (index === widths.length - 1 ? each + Math.max(0, spare) : each));
};

/**
 * A table over the whole width, every text in as many lines as it needs: nothing is cut.
 * @param rows one text for each header; line feeds break
 */
export const layoutTable = (
	headers: readonly string[],
	rows: readonly (readonly string[])[],
	width: number,
): TableLayout => {
	const single = rows.map(row => row.map(text => text.split('\n').reduce(longer, '')));
	const widths = filled(columnWidths([headers, ...single], headers.length, width), width);
	const lines = rows.flatMap((row, index) => {
		const cells = row.map((text, column) =>
			text.split('\n').flatMap(line => wrapWhole(line, widths[column] ?? 1)),
		);
		const height = Math.max(1, ...cells.map(cell => cell.length));
		return Array.from({length: height}, (_, at) => ({
			row: index,
			texts: cells.map(cell => cell[at] ?? ''),
		}));
	});
	return {widths, lines};
};

const longer = (left: string, right: string): string => (right.length > left.length ? right : left);
