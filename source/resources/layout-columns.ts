import {COLUMN_GAP, MARK_GUTTER} from '../format/table-metrics.ts';
import type {Cell, CellContext, Column} from './column.ts';

export type LaidOutColumn<Row> = {
	readonly column: Column<Row>;
	readonly header: string;
	readonly align: 'left' | 'right';
	/** Cells. */
	readonly width: number;
};

type Slot<Row> = {readonly column: Column<Row>; width: number};

const cost = (width: number, index: number): number => width + (index === 0 ? 0 : COLUMN_GAP);

/** By priority, as long as they fit: with their smallest width, the extra ones only beside ideal widths. */
const choose = <Row>(columns: readonly Column<Row>[], room: number): Slot<Row>[] => {
	const slots: Slot<Row>[] = [];
	let least = 0;
	let ideal = 0;
	for (const column of columns.toSorted((a, b) => a.priority - b.priority)) {
		least += cost(column.width.min, slots.length);
		ideal += cost(column.width.ideal, slots.length);
		if ((column.isExtra ? ideal : least) > room) break;
		slots.push({column, width: column.width.min});
	}
	return slots;
};

const growRigid = <Row>(slots: readonly Slot<Row>[], spare: number): number => {
	let left = spare;
	for (const slot of slots) {
		const {min, ideal, max} = slot.column.width;
		if (max !== undefined || ideal - min > left) continue;
		slot.width = ideal;
		left -= ideal - min;
	}
	return left;
};

/** Cell by cell in turn, so that flexible columns grow alike. */
const growFlexible = <Row>(slots: readonly Slot<Row>[], spare: number, limit: 'ideal' | 'max'): number => {
	let left = spare;
	let growing = slots;
	while (left > 0 && growing.length > 0) {
		growing = growing.filter(
			({column, width}) => column.width.max !== undefined && width < (column.width[limit] ?? 0),
		);
		for (const slot of growing.slice(0, left)) {
			slot.width++;
			left--;
		}
	}
	return left;
};

/**
 * Which columns a list shows and how wide, in their own order: from the width and the priorities alone, never from
 * content, so that nothing moves while values change.
 * @param width cells of a whole line, with the gutter for marks
 */
export const layoutColumns = <Row>(
	columns: readonly Column<Row>[],
	width: number,
): readonly LaidOutColumn<Row>[] => {
	const room = Math.max(width - MARK_GUTTER, 0);
	const slots = choose(columns, room);
	const first = columns.toSorted((a, b) => a.priority - b.priority)[0];
	if (slots.length === 0 && first && room > 0) slots.push({column: first, width: room});
	let left = room - slots.reduce((sum, slot, index) => sum + cost(slot.width, index), 0);
	left = growRigid(slots, left);
	left = growFlexible(slots, left, 'ideal');
	growFlexible(slots, left, 'max');
	const order = (slot: Slot<Row>): number => columns.indexOf(slot.column);
	return slots
		.toSorted((a, b) => order(a) - order(b))
		.map(slot => ({
			column: slot.column,
			header: slot.column.header,
			align: slot.column.align,
			width: slot.width,
		}));
};

/** The cells of one row for the columns that are shown. */
export const rowCells = <Row>(
	columns: readonly LaidOutColumn<Row>[],
	row: Row,
	context: CellContext,
): readonly Cell[] => columns.map(({column, width}) => column.cell(row, context, width));
