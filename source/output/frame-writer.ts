import {createBrush} from './brush.ts';
import {drawLineChange} from './line-change.ts';
import {type StyledLine, styledLine} from './styled-line.ts';

/** Of the terminal, in cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** Turns frames into the bytes that take a terminal from each to the next. */
export type FrameWriter = {
	/**
	 * @param frame lines joined by line feeds, each beginning with the default style. Missing ones are blank; what
	 * does not fit into the size is left out.
	 * @returns what to write so that the terminal shows it; empty when it does already.
	 */
	readonly draw: (frame: string, size: Size) => string;
	/** Something else has drawn on the terminal: the next frame is drawn whole. */
	readonly forget: () => void;
};

/** Synchronised output (DEC private mode 2026): the terminal shows what is between these at once. */
export const beginUpdate = '\x1b[?2026h';
export const endUpdate = '\x1b[?2026l';

// Without automatic wrapping, a glyph that the terminal takes for wider than it is stays in its row.
const clearScreen = '\x1b[?25l\x1b[?7l\x1b[m\x1b[H\x1b[J';
/** Undoes what drawing has set in the terminal, apart from the hidden cursor. */
export const wrapAgain = '\x1b[?7h';

type Row = {
	readonly text: string;
	/** Only of rows that have changed, and nothing for text that cannot be told by cells. */
	readonly cells?: StyledLine | undefined;
};

type Shown = Size & {readonly lines: readonly Row[]};

const blank: Row = {text: ''};

const isOfSize = (shown: Shown, {columns, rows}: Size): boolean =>
	shown.columns === columns && shown.rows === rows;

export const createFrameWriter = (): FrameWriter => {
	let shown: Shown | undefined;
	return {
		draw(frame, size) {
			const {columns, rows} = size;
			const texts = frame.split('\n');
			const brush = createBrush(columns);
			const isKnown = shown !== undefined && isOfSize(shown, size);
			if (!isKnown) brush.foreign(clearScreen);
			const before = isKnown ? shown?.lines : undefined;

			const drawRow = (row: number): Row => {
				const text = texts[row] ?? '';
				const was = before?.[row] ?? blank;
				if (was.text === text) return was;
				const cells = styledLine(text, columns);
				let wasCells = was.cells ?? styledLine(was.text, columns);
				if (cells === undefined || wasCells === undefined) {
					brush.moveTo({row, column: 0});
					brush.eraseLineEnd();
					wasCells = styledLine('', columns);
				}
				if (cells === undefined || wasCells === undefined) brush.foreign(text);
				else drawLineChange(brush, row, wasCells, cells);
				return {text, cells};
			};
			shown = {columns, rows, lines: Array.from({length: rows}, (_, row) => drawRow(row))};
			const output = brush.take();
			return output === '' ? '' : beginUpdate + output + endUpdate;
		},
		forget() {
			shown = undefined;
		},
	};
};
