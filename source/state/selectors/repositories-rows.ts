import type {RegistryHost} from '../../registry/types.ts';
import {type RepositoryRow, repositories as resource} from '../../resources/repositories.ts';
import type {State} from '../model.ts';
import {type PagedList, repositoryKey} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {createNameOrder} from './name-order.ts';
import {createSorter, filtered, type Sorting, sorting as sortingOf, sortingSelector} from './ordered.ts';
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

const selectSorting = sortingSelector('repositories');
const inNameOrder = createNameOrder();

const isByName = ({sortBy}: Sorting): boolean => sortBy === undefined || sortBy === 'repository';

const namesOf = createSelector(
	(state: State) => {
		const host = openHost(state);
		const list = openCatalog(state);
		return [
			list?.items ?? noNames,
			isUnlisted(list),
			(host === undefined ? undefined : state.registry?.named.get(host)) ?? noNames,
			host === undefined ? undefined : selectLocal(state),
			host,
			selectSorting(state),
		];
	},
	(
		items: readonly string[],
		isOtherwise: boolean,
		named: readonly string[],
		local: ReadonlyMap<string, LocalRepository> | undefined,
		host: RegistryHost | undefined,
		order: Sorting,
	): readonly string[] => {
		const ofHost = isOtherwise ? [...(local?.values() ?? [])].filter(part => part.host === host) : [];
		const names = isOtherwise ? [...new Set([...ofHost.map(({repository}) => repository), ...named])] : items;
		return isByName(order) ? inNameOrder(names, sortingOf(resource, order)?.isDescending === true) : names;
	},
);

const selectAll: (state: State) => readonly RepositoryRow[] = createSelector(
	(state: State) => {
		const host = openHost(state);
		return [
			host,
			host === undefined ? noNames : namesOf(state),
			host === undefined ? undefined : selectLocal(state),
			state.ui.lists.repositories.marks,
		];
	},
	(
		host: RegistryHost | undefined,
		names: readonly string[],
		local: ReadonlyMap<string, LocalRepository> | undefined,
		marks: ReadonlySet<string>,
	): readonly RepositoryRow[] =>
		host === undefined || local === undefined
			? none
			: names.map(name => ({
					key: name,
					name,
					tagsHere: local.get(repositoryKey(host, name))?.tags.size ?? 0,
					isMarked: marks.has(name),
				})),
);

const sort = createSorter(resource);

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly RepositoryRow[], order: Sorting) => (isByName(order) ? rows : sort(rows, order)),
);

export const selectRepositoriesRows: (state: State) => readonly RepositoryRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.repositories.filter],
	(rows: readonly RepositoryRow[], filter: string) => filtered(resource, rows, filter),
);

export const repositoryCount = (state: State): number => selectAll(state).length;
