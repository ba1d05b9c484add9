import type {SearchResult} from '../../engine/registry-types.ts';
import {search as resource, type SearchRow} from '../../resources/search.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';

const none: readonly SearchResult[] = [];

/** Podman may find one name in several registries. */
const selectAll: (state: State) => readonly SearchRow[] = createSelector(
	(state: State) => [state.search?.results ?? none],
	(results: readonly SearchResult[]): readonly SearchRow[] => {
		const seen = new Map<string, number>();
		return results.map(result => {
			const count = seen.get(result.name) ?? 0;
			seen.set(result.name, count + 1);
			return {...result, key: count === 0 ? result.name : `${result.name} ${count}`};
		});
	},
);

const sortingOfSearch = sortingSelector('search');

const selectSorted = createSelector(
	(state: State) => [selectAll(state), sortingOfSearch(state)],
	(rows: readonly SearchRow[], sorting: Sorting) => createSorter(resource)(rows, sorting),
);

export const selectSearchRows: (state: State) => readonly SearchRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.search.filter],
	(rows: readonly SearchRow[], filter: string) => filtered(resource, rows, filter),
);

/** The repositories of these rows that were found, in the order given. */
export const foundNamed = (state: State, keys: readonly string[]): readonly SearchRow[] => {
	const byKey = new Map(selectAll(state).map(row => [row.key, row]));
	return keys.flatMap(key => byKey.get(key) ?? []);
};
