import type {RegistryHost} from '../../registry/types.ts';
import {type RepositoryRow, repositories as resource} from '../../resources/repositories.ts';
import type {State} from '../model.ts';
import {type PagedList, repositoryKey} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
import {type LocalRepository, selectLocal} from './registry-local.ts';
import {openPlace} from './registry-place.ts';

const none: readonly RepositoryRow[] = [];
const noNames: readonly string[] = [];

/** The registry whose repositories are listed, also while one of them is open. */
const openHost = (state: State): RegistryHost | undefined => {
	const place = openPlace(state);
	return place === undefined || place.level === 'registries' ? undefined : place.host;
};

export const openCatalog = (state: State): PagedList | undefined => {
	const host = openHost(state);
	return host === undefined ? undefined : state.registry?.catalogs.get(host);
};

/** Nobody can say what the registry has: what is known of it otherwise is listed. */
const isUnlisted = (list: PagedList | undefined): boolean =>
	list === undefined || (list.status === 'failed' && list.items.length === 0);

const selectAll: (state: State) => readonly RepositoryRow[] = createSelector(
	(state: State) => {
		const host = openHost(state);
		const list = openCatalog(state);
		return [
			host,
			list?.items ?? noNames,
			isUnlisted(list),
			(host === undefined ? undefined : state.registry?.named.get(host)) ?? noNames,
			host === undefined ? undefined : selectLocal(state),
			state.ui.lists.repositories.marks,
		];
	},
	(
		host: RegistryHost | undefined,
		items: readonly string[],
		isOtherwise: boolean,
		named: readonly string[],
		local: ReadonlyMap<string, LocalRepository> | undefined,
		marks: ReadonlySet<string>,
	): readonly RepositoryRow[] => {
		if (host === undefined || local === undefined) return none;
		const ofHost = [...local.values()].filter(part => part.host === host);
		const here = isOtherwise ? ofHost.map(({repository}) => repository) : noNames;
		const names = isOtherwise ? [...new Set([...here, ...named])] : items;
		return names.map(name => ({
			key: name,
			name,
			tagsHere: local.get(repositoryKey(host, name))?.tags.size ?? 0,
			isMarked: marks.has(name),
		}));
	},
);

const selectSorting = sortingSelector('repositories');
const sort = createSorter(resource);

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly RepositoryRow[], sorting: Sorting) => sort(rows, sorting),
);

export const selectRepositoriesRows: (state: State) => readonly RepositoryRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.repositories.filter],
	(rows: readonly RepositoryRow[], filter: string) => filtered(resource, rows, filter),
);

export const repositoryCount = (state: State): number => selectAll(state).length;
