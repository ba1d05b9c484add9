import {parseFilter} from '../../resources/filter.ts';
import type {ListId, Resource} from '../../resources/resource.ts';
import type {ListState, State} from '../model.ts';
import {createSelector} from './memo.ts';

export type Sorting = Pick<ListState, 'sortBy' | 'isReversed'>;

/** How a list is sorted; the same object while its cursor moves or its filter changes. */
export const sortingSelector = (list: ListId): ((state: State) => Sorting) =>
	createSelector(
		(state: State) => [state.ui.lists[list].sortBy, state.ui.lists[list].isReversed],
		(sortBy: string | undefined, isReversed: boolean): Sorting => ({
			isReversed,
			...(sortBy === undefined ? {} : {sortBy}),
		}),
	);

/** The column that a list is sorted by and in which direction; nothing: as the rows come. */
export const sorting = <Row>(
	{columns, defaultSort}: Resource<Row>,
	{sortBy, isReversed}: Sorting,
): {readonly columnId: string; readonly isDescending: boolean} | undefined => {
	const column = columns.find(({id}) => id === (sortBy ?? defaultSort?.columnId));
	if (column === undefined) return undefined;
	// Who sorts by a number looks for the large ones.
	const isNatural = sortBy === undefined ? (defaultSort?.isDescending ?? false) : column.isNumeric === true;
	return {columnId: column.id, isDescending: isNatural !== isReversed};
};

/** The rows of a list that its filter lets through. */
export const filtered = <Row>(
	{search}: Resource<Row>,
	rows: readonly Row[],
	filter: string,
): readonly Row[] => (filter.trim() === '' ? rows : rows.filter(parseFilter(filter, search)));

/** The rows in the places they had, new ones at the end. */
const arranged = <Row>(
	rows: readonly Row[],
	keyOf: (row: Row) => string,
	places: ReadonlyMap<string, number>,
): readonly Row[] => {
	if (places.size === 0) return rows;
	const known = new Array<Row | undefined>(places.size).fill(undefined);
	const fresh: Row[] = [];
	for (const row of rows) {
		const place = places.get(keyOf(row));
		if (place === undefined) fresh.push(row);
		else known[place] = row;
	}
	return [...known.filter(row => row !== undefined), ...fresh];
};

/**
 * Sorts the rows of one list. Each time it starts from the order of the last: of 10,000 rows of which a few have
 * changed nearly all are in their place already, and rows that compare equal stay as they were.
 */
export const createSorter = <Row>(
	resource: Resource<Row>,
): ((rows: readonly Row[], order: Sorting) => readonly Row[]) => {
	let last: Sorting = {isReversed: false};
	let places: ReadonlyMap<string, number> = new Map();

	return (rows, order) => {
		const sort = sorting(resource, order);
		const compare = resource.columns.find(({id}) => id === sort?.columnId)?.compare;
		if (sort === undefined || compare === undefined) return order.isReversed ? rows.toReversed() : rows;
		const isAsBefore = last.sortBy === order.sortBy && last.isReversed === order.isReversed;
		const start = isAsBefore ? arranged(rows, resource.rowId, places) : rows;
		const sorted = start.toSorted(sort.isDescending ? (a, b) => compare(b, a) : compare);
		last = order;
		places = new Map(sorted.map((row, index) => [resource.rowId(row), index]));
		return sorted;
	};
};
