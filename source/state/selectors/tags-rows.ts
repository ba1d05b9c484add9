import {tags as resource, type TagHere, type TagRow} from '../../resources/tags.ts';
import type {State} from '../model.ts';
import type {RegistryFault, RepositoryView, TagDetails, TagHead} from '../views/registry.ts';
import {repositoryKey} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
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

const selectAll: (state: State) => readonly TagRow[] = createSelector(
	(state: State) => {
		const place = openRepository(state);
		const view = repositoryView(state);
		const key = place && repositoryKey(place.host, place.repository);
		return [
			view?.tags.items,
			view?.heads,
			view?.details,
			key === undefined ? undefined : selectLocal(state).get(key),
			state.ui.lists.tags.marks,
		];
	},
	(
		items: readonly string[] | undefined,
		heads: RepositoryView['heads'] | undefined,
		details: RepositoryView['details'] | undefined,
		local: LocalRepository | undefined,
		marks: ReadonlySet<string>,
	): readonly TagRow[] =>
		items === undefined || heads === undefined || details === undefined
			? none
			: items.map(tag => rowOf(tag, heads.get(tag), details, local, marks.has(tag))),
);

const selectSorting = sortingSelector('tags');
const sort = createSorter(resource);

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly TagRow[], sorting: Sorting) => sort(rows, sorting),
);

export const selectTagsRows: (state: State) => readonly TagRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.tags.filter],
	(rows: readonly TagRow[], filter: string) => filtered(resource, rows, filter),
);
