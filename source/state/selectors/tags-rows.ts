import {tags as resource, type TagHere, type TagRow} from '../../resources/tags.ts';
import type {State} from '../model.ts';
import type {RegistryFault, RepositoryView, TagDetails, TagHead} from '../views/registry.ts';
import {repositoryKey} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {createNameOrder} from './name-order.ts';
import {createSorter, filtered, type Sorting, sorting as sortingOf, sortingSelector} from './ordered.ts';
import {type LocalRepository, selectLocal} from './registry-local.ts';
import {openRepository, repositoryView} from './registry-place.ts';

const none: readonly TagRow[] = [];

/** In the place of a digest: short enough for its column. */
const troubleOf = ({kind}: RegistryFault): string => {
	switch (kind) {
		case 'unauthorised':
			return 'needs login';
		case 'denied':
			return 'no access';
		case 'rate-limited':
			return 'too many';
		case 'unreachable':
			return 'no answer';
		default:
			return 'unreadable';
	}
};

const hereOf = (
	tag: string,
	digest: string | undefined,
	createdAt: number | undefined,
	local: LocalRepository | undefined,
): Pick<TagRow, 'here' | 'namesHere'> => {
	const image = local?.tags.get(tag);
	const names = digest === undefined ? undefined : local?.byDigest.get(digest);
	const told = (here: TagHere, namesHere: readonly string[] = []) => ({here, namesHere});
	if (image === undefined) {
		if (names === undefined) return told('none');
		return told(names.length === 0 ? 'same' : 'otherName', names);
	}
	if (digest === undefined) return told('unknown');
	if (local?.digestsOf.get(image.id)?.includes(digest) === true) return told('same', [tag]);
	if (createdAt === undefined || image.createdAt <= 0) return told('other');
	// Engines tell whole seconds.
	const difference = Math.floor(createdAt / 1000) - Math.floor(image.createdAt / 1000);
	return told(difference === 0 ? 'other' : difference > 0 ? 'older' : 'newer');
};

const rowOf = (
	tag: string,
	head: TagHead | undefined,
	details: ReadonlyMap<string, TagDetails>,
	local: LocalRepository | undefined,
	isMarked: boolean,
): TagRow => {
	const row = {key: tag, tag, isMarked};
	if (head?.status === 'missing')
		return {...row, ...hereOf(tag, undefined, undefined, local), trouble: 'gone'};
	if (head?.status === 'failed')
		return {...row, ...hereOf(tag, undefined, undefined, local), trouble: troubleOf(head.fault)};
	if (head === undefined) return {...row, ...hereOf(tag, undefined, undefined, local)};
	const {digest} = head;
	const told = details.get(digest);
	if (told?.status !== 'known') return {...row, ...hereOf(tag, digest, undefined, local), digest};
	const {sizeBytes, createdAt, platforms} = told;
	return {
		...row,
		...hereOf(tag, digest, createdAt, local),
		digest,
		platforms,
		...(sizeBytes !== undefined && {sizeBytes}),
		...(createdAt !== undefined && {createdAt}),
	};
};

const selectSorting = sortingSelector('tags');
const inNameOrder = createNameOrder();
const sort = createSorter(resource);

/** All columns but this one change with what is told of the tags. */
const isByName = ({sortBy}: Sorting): boolean => sortBy === undefined || sortBy === 'tag';

const noNames: readonly string[] = [];

/** By name, whatever is told of them; to be sorted by anything else in the end. */
const selectNames: (state: State) => readonly string[] = createSelector(
	(state: State) => [repositoryView(state)?.tags.items ?? noNames, selectSorting(state)],
	(items: readonly string[], sorting: Sorting) =>
		isByName(sorting) ? inNameOrder(items, sortingOf(resource, sorting)?.isDescending === true) : items,
);

type Told = {
	readonly names: readonly string[];
	readonly view: RepositoryView;
	readonly local: LocalRepository | undefined;
	readonly marks: ReadonlySet<string>;
	readonly rows: readonly TagRow[];
};

const detailsIn = ({heads, details}: RepositoryView, tag: string): TagDetails | undefined => {
	const head = heads.get(tag);
	return head?.status === 'known' ? details.get(head.digest) : undefined;
};

/** Of thousands of tags those few are told anew of which something new is known. */
const createRows = (): ((next: Omit<Told, 'rows'>) => readonly TagRow[]) => {
	let last: Told | undefined;
	return next => {
		const {names, view, local, marks} = next;
		const known = last?.names === names && last.local === local ? last : undefined;
		const rows = names.map((tag, index) => {
			const row = known?.rows[index];
			const isSame =
				known !== undefined &&
				known.view.heads.get(tag) === view.heads.get(tag) &&
				detailsIn(known.view, tag) === detailsIn(view, tag) &&
				known.marks.has(tag) === marks.has(tag);
			return isSame && row !== undefined
				? row
				: rowOf(tag, view.heads.get(tag), view.details, local, marks.has(tag));
		});
		last = {...next, rows};
		return rows;
	};
};

const rowsOf = createRows();

const selectAll: (state: State) => readonly TagRow[] = createSelector(
	(state: State) => {
		const place = openRepository(state);
		const view = repositoryView(state);
		const key = place && repositoryKey(place.host, place.repository);
		return [
			selectNames(state),
			view,
			key === undefined ? undefined : selectLocal(state).get(key),
			state.ui.lists.tags.marks,
		];
	},
	(
		names: readonly string[],
		view: RepositoryView | undefined,
		local: LocalRepository | undefined,
		marks: ReadonlySet<string>,
	): readonly TagRow[] => (view === undefined ? none : rowsOf({names, view, local, marks})),
);

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly TagRow[], sorting: Sorting) => (isByName(sorting) ? rows : sort(rows, sorting)),
);

export const selectTagsRows: (state: State) => readonly TagRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.tags.filter],
	(rows: readonly TagRow[], filter: string) => filtered(resource, rows, filter),
);
