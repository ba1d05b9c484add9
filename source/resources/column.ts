import type {CutAt} from '../format/cells.ts';
import {naturalOrder} from '../format/natural-order.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {Token} from '../theme/tokens.ts';

/** Sanitised text and what it means. */
export type Cell = {readonly text: string; readonly tone?: Token | undefined; readonly cut?: CutAt};

/** What cells may know besides their row. */
export type CellContext = {
	/** The shared clock, epoch ms of the engine. */
	readonly now: number;
	readonly glyphs: Glyphs;
	/** The current frame of the spinner, one cell. */
	readonly spinner: string;
};

export type Column<Row> = {
	readonly id: string;
	readonly header: string;
	readonly align: 'left' | 'right';
	/** 1 stays longest when it gets narrow. */
	readonly priority: number;
	/**
	 * Cells. A column with `max` is flexible and takes what is left over; one without has its `min` or its `ideal`
	 * and nothing between.
	 */
	readonly width: {readonly min: number; readonly ideal: number; readonly max?: number};
	/** Shown only when the columns before it have their ideal width. */
	readonly isExtra?: boolean;
	/** @param width cells that the column has now */
	readonly cell: (row: Row, context: CellContext, width: number) => Cell;
	/** Sorted from the large end unless reversed. */
	readonly isNumeric?: boolean;
	/** Ascending; absent where sorting makes no sense. */
	readonly compare?: (a: Row, b: Row) => number;
};

const EMPTY: Cell = {text: ''};

export const emptyCell = (): Cell => EMPTY;

export const byText =
	<Row>(text: (row: Row) => string) =>
	(a: Row, b: Row): number =>
		naturalOrder(text(a), text(b));

/** Unknown numbers come before all others. */
export const byNumber =
	<Row>(value: (row: Row) => number | undefined) =>
	(a: Row, b: Row): number => {
		const left = value(a) ?? Number.NEGATIVE_INFINITY;
		const right = value(b) ?? Number.NEGATIVE_INFINITY;
		return left === right ? 0 : left - right;
	};
