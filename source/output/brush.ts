import {cursorMove, type Place} from './cursor.ts';
import {defaultPen, erasesBlank, type Pen, penChange, penReset} from './pen.ts';
import type {StyledLine} from './styled-line.ts';

const eraseLineEnd = '\x1b[K';

/** Longer gaps are hardly ever cheaper to write than to jump. */
const MAX_GAP_CELLS = 8;

/** Gathers what draws one frame, and knows where that leaves the terminal's cursor and pen. */
export type Brush = {
	/**
	 * Goes to a column of a row of which the cells before it are on the screen already: by a jump, or over these
	 * cells by writing them once more, whichever is shorter.
	 */
	readonly reach: (row: number, column: number, line: StyledLine) => void;
	readonly moveTo: (place: Place) => void;
	/** Writes the cell in which the cursor stands. @returns the column after it. */
	readonly put: (line: StyledLine, column: number) => number;
	/** Makes the rest of the row blank. */
	readonly eraseLineEnd: () => void;
	/** Something the brush does not understand, for which the pen is the default before and after. */
	readonly foreign: (output: string) => void;
	/** The cursor may be elsewhere than it was brought to. */
	readonly losePlace: () => void;
	/** All that was drawn so far, with the default pen at its end. */
	readonly take: () => string;
};

/** The column after a cell and, of a wide one, its other half. */
const after = (line: StyledLine, column: number): number =>
	line.glyphs[column + 1] === '' ? column + 2 : column + 1;

const bytes = (text: string): number => Buffer.byteLength(text);

/** The cells of a line from one column up to another, and the pen they leave. */
const written = (line: StyledLine, from: number, to: number, held: Pen): {text: string; pen: Pen} => {
	let text = '';
	let pen = held;
	for (let column = from; column < to; column++) {
		const next = line.pens[column] ?? defaultPen;
		text += penChange(pen, next) + (line.glyphs[column] ?? ' ');
		pen = next;
	}
	return {text, pen};
};

/** @param columns of the screen. The cursor is at an unknown place at first, the pen is the default. */
export const createBrush = (columns: number): Brush => {
	let output = '';
	let pen = defaultPen;
	let place: Place | undefined;

	const hold = (next: Pen): void => {
		output += penChange(pen, next);
		pen = next;
	};
	const moveTo = (to: Place): void => {
		output += cursorMove(place, to);
		place = to;
	};
	return {
		moveTo,
		reach(row, column, line) {
			const gap = place?.row === row ? column - place.column : -1;
			if (place !== undefined && gap > 0 && gap <= MAX_GAP_CELLS) {
				const next = line.pens[column] ?? defaultPen;
				const over = written(line, place.column, column, pen);
				const jump = cursorMove(place, {row, column}) + penChange(pen, next);
				if (bytes(over.text + penChange(over.pen, next)) <= bytes(jump)) {
					output += over.text;
					pen = over.pen;
					place = {row, column};
					return;
				}
			}
			moveTo({row, column});
		},
		put(line, column) {
			hold(line.pens[column] ?? defaultPen);
			output += line.glyphs[column] ?? ' ';
			const next = after(line, column);
			// Past the last column terminals disagree about where the cursor is.
			place = place === undefined || next >= columns ? undefined : {row: place.row, column: next};
			return next;
		},
		eraseLineEnd() {
			if (!erasesBlank(pen)) hold(defaultPen);
			output += eraseLineEnd;
		},
		foreign(text) {
			hold(defaultPen);
			output += text + penReset;
			place = undefined;
		},
		losePlace() {
			place = undefined;
		},
		take() {
			hold(defaultPen);
			const taken = output;
			output = '';
			return taken;
		},
	};
};
