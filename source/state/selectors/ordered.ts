import {parseFilter} from '../../resources/filter.ts';
import type {Resource} from '../../resources/resource.ts';
import type {ListId, ListState, State} from '../model.ts';
import {createSelector} from './memo.ts';

export type Order = Pick<ListState, 'filter' | 'sortBy' | 'isReversed'>;

/** How a list is filtered and sorted; the same object while only its cursor moves. */
export const orderSelector = (list: ListId): ((state: State) => Order) =>
	createSelector(
		(state: State) => [
			state.ui.lists[list].filter,
			state.ui.lists[list].sortBy,
			state.ui.lists[list].isReversed,
		],
		(filter: string, sortBy: string | undefined, isReversed: boolean): Order => ({
			filter,
			isReversed,
			...(sortBy === undefined ? {} : {sortBy}),
		}),
	);

/** The column that a list is sorted by and in which direction; nothing: as the rows come. */
export const sorting = <Row>(
	{columns, defaultSort}: Resource<Row>,
	{sortBy, isReversed}: Order,
): {readonly columnId: string; readonly isDescending: boolean} | undefined => {
	const column = columns.find(({id}) => id === (sortBy ?? defaultSort?.columnId));
	if (column === undefined) return undefined;
	// Who sorts by a number looks for the large ones.
	const isNatural = sortBy === undefined ? (defaultSort?.isDescending ?? false) : column.isNumeric === true;
	return {columnId: column.id, isDescending: isNatural !== isReversed};
};

/** The rows that the filter lets through, sorted. */
export const ordered = <Row>(resource: Resource<Row>, rows: readonly Row[], order: Order): readonly Row[] => {
	const shown = rows.filter(parseFilter(order.filter, resource.search));
	const sort = sorting(resource, order);
	const compare = resource.columns.find(({id}) => id === sort?.columnId)?.compare;
	if (sort === undefined || compare === undefined) return order.isReversed ? shown.toReversed() : shown;
	return shown.toSorted(sort.isDescending ? (a, b) => compare(b, a) : compare);
};
