import type {Brush} from './brush.ts';
import {isCertain, isSameCell, type StyledLine} from './styled-line.ts';

/** From where on spaces cost more than erasing. */
const ERASING_CELLS = 3;

/** The first column from `from` on in which the lines differ, or `to`. */
const firstDifference = (one: StyledLine, other: StyledLine, from: number, to: number): number => {
	let column = from;
	while (column < to && isSameCell(one, other, column)) column++;
	return column;
};

/** Cells that stand in the same columns on every terminal: only those that differ. @returns whether the rest is blank. */
const drawCertain = (
	brush: Brush,
	row: number,
	before: StyledLine,
	after: StyledLine,
	to: number,
): boolean => {
	let column = firstDifference(before, after, 0, to);
	while (column < to) {
		brush.reach(row, column, after);
		if (column >= after.inked && before.inked - column > ERASING_CELLS) {
			brush.eraseLineEnd();
			return true;
		}
		column = firstDifference(before, after, brush.put(after, column), to);
	}
	return false;
};

/** What follows a cell of uncertain width: all of it, each cell after such a one put into its column. */
const drawUncertain = (brush: Brush, row: number, after: StyledLine, from: number): void => {
	brush.moveTo({row, column: from});
	brush.eraseLineEnd();
	let column = from;
	while (column < after.inked) {
		const isPlaced = isCertain(after.glyphs[column] ?? ' ');
		column = brush.put(after, column);
		if (isPlaced) continue;
		brush.losePlace();
		if (column < after.inked) brush.moveTo({row, column});
	}
};

/** Draws a line over another that is on the screen in this row. */
export const drawLineChange = (brush: Brush, row: number, before: StyledLine, after: StyledLine): void => {
	const columns = after.glyphs.length;
	let certain = Math.min(before.certain, after.certain);
	// Half of a wide cell cannot be erased.
	if (after.glyphs[certain] === '') certain--;
	if (drawCertain(brush, row, before, after, certain)) return;
	if (certain < columns && firstDifference(before, after, certain, columns) < columns)
		drawUncertain(brush, row, after, certain);
};
