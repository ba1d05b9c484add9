/** A cell of the screen, both from 0. */
export type Place = {readonly row: number; readonly column: number};

const absolute = ({row, column}: Place): string => {
	if (column > 0) return `\x1b[${row + 1};${column + 1}H`;
	return row > 0 ? `\x1b[${row + 1}H` : '\x1b[H';
};

/** CSI sequences leave out a count of 1. */
const times = (count: number, final: string): string => `\x1b[${count === 1 ? '' : count}${final}`;

const shortest = (...ways: readonly string[]): string =>
	ways.reduce((best, way) => (way.length < best.length ? way : best));

const across = (from: number, to: number): string => {
	if (to === from) return '';
	if (to === 0) return '\r';
	const byColumn = times(to + 1, 'G');
	return to > from
		? shortest(times(to - from, 'C'), byColumn)
		: shortest('\b'.repeat(from - to), times(from - to, 'D'), byColumn);
};

/** A vertical tab goes down like a line feed, which the kernel would make a carriage return of as well. */
const down = (rows: number): string => (rows === 0 ? '' : shortest('\v'.repeat(rows), times(rows, 'B')));

/** The shortest way of the cursor from one place, if it is known, to another. */
export const cursorMove = (from: Place | undefined, to: Place): string => {
	if (from === undefined || to.row < from.row) return absolute(to);
	return shortest(absolute(to), down(to.row - from.row) + across(from.column, to.column));
};
