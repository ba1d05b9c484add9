import type {EngineEvent} from '../../engine/types.ts';
import {events as eventResource} from '../../resources/events.ts';
import type {ListId, Resource} from '../../resources/resource.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, sortingSelector} from './ordered.ts';

/** The rows of a list: sorted first, which the next letter of a filter does not ask for again. */
export const rowSelector = <Row>(
	list: ListId,
	resource: Resource<Row>,
	all: (state: State) => readonly Row[],
): ((state: State) => readonly Row[]) => {
	const selectSorting = sortingSelector(list);
	const selectSorted = createSelector(
		(state: State) => [all(state), selectSorting(state)],
		createSorter(resource),
	);
	return createSelector(
		(state: State) => [selectSorted(state), state.ui.lists[list].filter],
		(rows: readonly Row[], filter: string) => filtered(resource, rows, filter),
	);
};

const selectNewestEvents = createSelector(
	(state: State) => [state.events],
	(events: readonly EngineEvent[]) => events.toReversed(),
);

/** The newest first. */
export const selectEventRows = rowSelector('events', eventResource, selectNewestEvents);
