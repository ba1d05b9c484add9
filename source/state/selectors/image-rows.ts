import type {Image, ImageId} from '../../engine/types.ts';
import type {LayerSharing} from '../../layers/sharing.ts';
import {
	type ImageRow,
	type RepositoryRow,
	repositoryText,
	type TagRow,
	tagKey,
} from '../../resources/image-row.ts';
import {images as resource} from '../../resources/images.ts';
import type {ImagesState, State} from '../model.ts';
import {selectUsers} from './containers.ts';
import {
	freedOf,
	selectSharing,
	selectUniqueSizes,
	sharingKnowledge,
	type UniqueSizes,
} from './image-sharing.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';

type UsersByImage = ReadonlyMap<ImageId, readonly string[]>;

const isSameUsers = (left: UsersByImage, right: UsersByImage): boolean =>
	left.size === right.size &&
	left.entries().every(([id, names]) => {
		const others = right.get(id);
		return others?.length === names.length && names.every((name, index) => name === others[index]);
	});

const keepSame = (): ((next: UsersByImage) => UsersByImage) => {
	let last: UsersByImage = new Map();
	return next => {
		if (!isSameUsers(last, next)) last = next;
		return last;
	};
};

const keepUsers = keepSame();

/** Names of the containers of each image; the same object while they are the same, whatever else changes of them. */
const selectUserNames: (state: State) => UsersByImage = createSelector(
	(state: State) => [selectUsers(state)],
	(users: ReturnType<typeof selectUsers>) =>
		keepUsers(new Map(users.entries().map(([id, all]) => [id, all.map(({name}) => name)]))),
);

const nobody: readonly string[] = [];

/** A row for each tag; one for an image without any. */
const selectAll: (state: State) => readonly TagRow[] = createSelector(
	(state: State) => [
		state.images.byId,
		state.images.contents,
		selectUserNames(state),
		selectUniqueSizes(state),
	],
	(
		byId: ImagesState['byId'],
		contents: ImagesState['contents'],
		users: UsersByImage,
		uniqueSizes: UniqueSizes,
	): readonly TagRow[] =>
		[...byId.values()].flatMap((image: Image) => {
			const unique = uniqueSizes.get(image.id);
			const platform = contents.get(image.id)?.platform;
			const row: TagRow = {
				kind: 'tag',
				image,
				depth: 0,
				usedBy: users.get(image.id) ?? nobody,
				isMarked: false,
				...(unique && {unique}),
				...(platform !== undefined && {platform}),
			};
			return image.tags.length === 0 ? [row] : image.tags.map(tag => ({...row, tag}));
		}),
);

const selectSorting = sortingSelector('images');

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	createSorter(resource),
);

const selectMatching = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.images.filter],
	(rows: readonly ImageRow[], filter: string): readonly TagRow[] =>
		filtered(resource, rows, filter).flatMap(row => (row.kind === 'tag' ? [row] : [])),
);

const byRepository = (rows: readonly TagRow[]): ReadonlyMap<string, readonly TagRow[]> =>
	Map.groupBy(rows, repositoryText);

/** Those that the filter lets through, folded or not. */
const selectShownRepositories = createSelector((state: State) => [selectMatching(state)], byRepository);

const selectRepositories = createSelector((state: State) => [selectAll(state)], byRepository);

const keyOf = ({image, tag}: TagRow): string => tagKey(image.id, tag);

/** Keys of a repository's rows, of those alone that the filter lets through or of all. */
export const repositoryKeys = (
	state: State,
	repository: string,
	which: 'shown' | 'all',
): readonly string[] => {
	const repositories = which === 'shown' ? selectShownRepositories(state) : selectRepositories(state);
	return (repositories.get(repository) ?? []).map(keyOf);
};

type Heads = ReadonlyMap<string, RepositoryRow>;

const headOf = (
	images: ImagesState,
	sharing: LayerSharing,
	repository: string,
	rows: readonly TagRow[],
): RepositoryRow => {
	const ids = [...new Set(rows.map(({image}) => image.id))];
	const isKnown = sharingKnowledge({images}) !== 'reading';
	return {
		kind: 'repository',
		repository,
		tagCount: rows.length,
		...(isKnown && {size: sharing.sizeOf(ids), unique: freedOf(images, sharing, ids)}),
		createdAt: rows.reduce((newest, {image}) => Math.max(newest, image.createdAt), 0),
		usedBy: [...new Set(rows.flatMap(({usedBy}) => usedBy))],
		isCollapsed: false,
	};
};

const noHeads: Heads = new Map();

/** Of every repository of several tags. Its numbers are about the whole of it, whatever the filter shows. */
const selectHeads = createSelector(
	(state: State) => [
		state.ui.isTree,
		state.ui.isTree ? selectRepositories(state) : undefined,
		state.images,
		selectSharing(state),
	],
	(
		isTree: boolean,
		repositories: ReadonlyMap<string, readonly TagRow[]> | undefined,
		images: ImagesState,
		sharing: LayerSharing,
	): Heads =>
		!isTree || repositories === undefined
			? noHeads
			: new Map(
					[...repositories]
						.filter(([, rows]) => rows.length > 1)
						.map(([repository, rows]) => [repository, headOf(images, sharing, repository, rows)]),
				),
);

const sortHeads = createSorter(resource);

/** Repositories of several tags with these below them, and single tags between them, all in order. */
const treeOf = (
	shown: ReadonlyMap<string, readonly TagRow[]>,
	heads: Heads,
	sorting: Sorting,
	folded: ReadonlySet<string>,
): readonly ImageRow[] => {
	const tops = [...shown].flatMap(([repository, rows]): readonly ImageRow[] => {
		const head = heads.get(repository);
		return head === undefined ? rows : [{...head, isCollapsed: folded.has(repository)}];
	});
	return sortHeads(tops, sorting).flatMap(row => {
		if (row.kind === 'tag' || row.isCollapsed) return [row];
		return [row, ...(shown.get(row.repository) ?? []).map(tag => ({...tag, depth: 1 as const}))];
	});
};

/** Every row of the image list, in order; what changes with a key is on them in `imageWindow` only. */
export const selectImageRows: (state: State) => readonly ImageRow[] = createSelector(
	(state: State) => [
		selectMatching(state),
		state.ui.isTree ? selectShownRepositories(state) : undefined,
		selectHeads(state),
		selectSorting(state),
		state.ui.foldedRepositories,
	],
	(
		rows: readonly TagRow[],
		shown: ReadonlyMap<string, readonly TagRow[]> | undefined,
		heads: Heads,
		sorting: Sorting,
		folded: ReadonlySet<string>,
	): readonly ImageRow[] => (shown === undefined ? rows : treeOf(shown, heads, sorting, folded)),
);

const decorated = (state: State, row: ImageRow): ImageRow => {
	if (row.kind === 'repository') return row;
	const key = keyOf(row);
	const busy = state.busy.get(key);
	return {
		...row,
		isMarked: state.ui.lists.images.marks.has(key),
		...(busy === undefined ? {} : {busyVerb: busy.verb}),
	};
};

/** The rows on the screen with everything that is drawn of them. */
export const imageWindow = (state: State, from: number, height: number): readonly ImageRow[] =>
	selectImageRows(state)
		.slice(from, from + height)
		.map(row => decorated(state, row));

/** Whether there is a row of this key, shown or not. */
export const isImageRow = ({images}: State, key: string): boolean => {
	const byKey: ReadonlyMap<string, Image> = images.byId;
	const at = key.indexOf(' ');
	const tags = byKey.get(key.slice(0, at))?.tags;
	const tag = key.slice(at + 1);
	return tags !== undefined && (tag === '' ? tags.length === 0 : tags.includes(tag));
};
