import {cellWidth} from '../format/cells.ts';
import {withoutStyles} from '../format/styled.ts';

type Transformer = (line: string, index: number) => string;

/** Half-open, in cells; a side that is missing is not clipped. */
type Clip = {
	readonly x1: number | undefined;
	readonly x2: number | undefined;
	readonly y1: number | undefined;
	readonly y2: number | undefined;
};

/** What Ink collects a frame in (its `build/output.js`): texts at places, later ones over earlier ones. */
export type Rows = {
	write(x: number, y: number, text: string, options: {transformers: Transformer[]}): void;
	clip(clip: Clip): void;
	unclip(): void;
	get(): {output: string; height: number};
};

export type RowsClass = new (options: {width: number; height: number}) => Rows;

type Piece = {readonly x: number; readonly text: string};

/** One row of the frame. */
type Row = {
	text: string;
	/** Cells of the text. */
	width: number;
	/** A piece was put over another: the text is not to be used. */
	isOverlaid: boolean;
	readonly pieces: Piece[];
};

type Block = Piece & {readonly y: number; readonly transformers: readonly Transformer[]};

const WIDTHS_KEPT = 2048;
const widths = new Map<string, number>();

/** Most lines of a frame were in the last one too. */
const widthOf = (line: string): number => {
	const known = widths.get(line);
	if (known !== undefined) return known;
	if (widths.size >= WIDTHS_KEPT) widths.clear();
	const width = cellWidth(withoutStyles(line));
	widths.set(line, width);
	return width;
};

const isInside = ({x, y, text}: Block, {x1 = x, y1 = y, x2, y2}: Clip): boolean => {
	if (x < x1 || y < y1) return false;
	const lines = text.split('\n');
	if (y2 !== undefined && y + lines.length > y2) return false;
	return x2 === undefined || lines.every(line => x + widthOf(line) <= x2);
};

const put = (row: Row, piece: Piece): void => {
	row.pieces.push(piece);
	row.isOverlaid ||= piece.x < row.width;
	if (row.isOverlaid) return;
	row.text += ' '.repeat(piece.x - row.width) + piece.text;
	row.width = piece.x + widthOf(piece.text);
};

/**
 * Makes of Ink's class one that joins finished lines side by side. Ink itself takes every line apart into an object
 * per cell on every frame, and puts them together again; that is done only for rows where something lies over
 * something else, and for frames that are clipped.
 */
export const quickRows = (SlowRows: RowsClass): RowsClass =>
	class QuickRows implements Rows {
		readonly #width: number;
		readonly #height: number;
		readonly #replay: ((rows: Rows) => void)[] = [];
		readonly #clips: Clip[] = [];
		readonly #rows: readonly Row[];
		#isQuick = true;

		constructor({width, height}: {width: number; height: number}) {
			this.#width = width;
			this.#height = height;
			this.#rows = Array.from({length: height}, () => ({text: '', width: 0, isOverlaid: false, pieces: []}));
		}

		write(x: number, y: number, text: string, options: {transformers: Transformer[]}): void {
			if (text === '') return;
			this.#replay.push(rows => rows.write(x, y, text, options));
			const block = {x, y, text, transformers: options.transformers};
			// A style may go on from one line of a text to the next.
			const isPlain = !text.includes('\x1b') || !text.includes('\n');
			this.#isQuick &&= isPlain && this.#clips.every(clip => isInside(block, clip));
			if (this.#isQuick) this.#putBlock(block);
		}

		clip(clip: Clip): void {
			this.#replay.push(rows => rows.clip(clip));
			this.#clips.push(clip);
		}

		unclip(): void {
			this.#replay.push(rows => rows.unclip());
			this.#clips.pop();
		}

		get(): {output: string; height: number} {
			if (this.#isQuick) {
				const lines = this.#rows.map(row => (row.isOverlaid ? this.#overlaid(row) : row.text));
				return {output: lines.join('\n'), height: this.#height};
			}
			const slow = new SlowRows({width: this.#width, height: this.#height});
			for (const step of this.#replay) step(slow);
			return slow.get();
		}

		#putBlock({x, y, text, transformers}: Block): void {
			for (const [index, plain] of text.split('\n').entries()) {
				const row = this.#rows[y + index];
				if (row === undefined) continue;
				const line = transformers.reduce((shown, transform) => transform(shown, index), plain);
				if (line !== '') put(row, {x, text: line});
			}
		}

		#overlaid({pieces}: Row): string {
			const slow = new SlowRows({width: this.#width, height: 1});
			for (const {x, text} of pieces) slow.write(x, 0, text, {transformers: []});
			return slow.get().output;
		}
	};
