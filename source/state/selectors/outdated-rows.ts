import type {Container, ContainerId, Image} from '../../engine/types.ts';
import {isImageId, shortId} from '../../format/image-name.ts';
import {type RemoteReference, remoteReference} from '../../registry/reference.ts';
import {type OutdatedRow, outdated as resource} from '../../resources/outdated.ts';
import type {Busy, State} from '../model.ts';
import type {OutdatedView} from '../views/outdated.ts';
import {isUp} from './containers.ts';
import {digestsIn, isDigest, selectByTag, wholeName} from './local-tags.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
import {judge} from './outdated-verdict.ts';

/** A container that is looked at, and what is known of its image here. */
export type Looked = {
	readonly container: Container;
	/** What it was made from; absent: the list calls it by an id, and nobody has asked yet. */
	readonly image?: string;
	readonly remote?: RemoteReference;
	readonly own?: Image;
	readonly tagged?: Image;
};

/** As a list may write an id: whole, or its first digits. */
const isId = (image: string): boolean => isImageId(image) || /^(sha256:)?[0-9a-f]{12,64}$/.test(image);

const look = (
	container: Container,
	names: OutdatedView['names'],
	byId: State['images']['byId'],
	byTag: ReadonlyMap<string, Image>,
): Looked => {
	const own = byId.get(container.imageId);
	const image = isId(container.image) ? names.get(container.id) : container.image;
	const base = {container, ...(own && {own})};
	if (image === undefined) return base;
	const remote = isId(image) ? undefined : remoteReference(image);
	if (remote === undefined) return {...base, image};
	const tagged = byTag.get(wholeName(remote));
	return {...base, image, remote, ...(tagged && {tagged})};
};

/** Those that run or are worked on, or all. */
export const selectLooked: (state: State) => readonly Looked[] = createSelector(
	(state: State) => [
		state.containers.byId,
		state.images.byId,
		state.outdated?.isAll ?? false,
		state.outdated?.names,
		selectByTag(state),
		state.ui.screen.kind === 'outdated' && state.images.loading.status === 'ready',
		state.busy,
	],
	(
		containers: State['containers']['byId'],
		images: State['images']['byId'],
		isAll: boolean,
		names: OutdatedView['names'] | undefined,
		byTag: ReadonlyMap<string, Image>,
		isOpen: boolean,
		busy: State['busy'],
	): readonly Looked[] =>
		names === undefined || !isOpen
			? []
			: [...containers.values()]
					.filter(container => isAll || isUp(container) || busy.has(container.id))
					.map(container => look(container, names, images, byTag)),
);

const rowOf = (
	{container, image, remote, own, tagged}: Looked,
	{checks, createdAt}: Pick<OutdatedView, 'checks' | 'createdAt'>,
	busy: ReadonlyMap<string, Busy>,
): OutdatedRow => {
	const verb = busy.get(container.id)?.verb;
	const base = {
		key: container.id,
		name: container.name,
		image: image === undefined || isId(image) ? shortId(image ?? container.image) : image,
		...(own && own.createdAt > 0 && {localCreatedAt: own.createdAt}),
		...(verb !== undefined && {busyVerb: verb}),
	};
	const fixed = (word: string, story: string): OutdatedRow => ({...base, verdict: 'fixed', word, story});
	if (image === undefined)
		return {
			...base,
			verdict: 'asking',
			word: 'asking the engine',
			story: 'Its image has lost its name here; the engine is asked for it.',
		};
	if (isId(image))
		return fixed('made by id', 'It was made from an id of an image: there is no tag to compare.');
	if (remote === undefined) return fixed('no name', `${image} is no name that a registry could know.`);
	const [digest] = own === undefined ? [] : digestsIn(own, remote);
	const local = digest === undefined ? {} : {localDigest: digest};
	if (isDigest(remote))
		return {...fixed('pinned', 'It was made from a digest: that is always this very image.'), ...local};
	const reference = wholeName(remote);
	const check = checks.get(reference);
	const there = check?.status === 'found' ? check.tag.digest : undefined;
	const remade = there === undefined ? undefined : createdAt.get(there);
	return {
		...base,
		...judge({remote, ...(own && {own}), ...(tagged && {tagged}), ...(check && {check})}),
		...local,
		reference,
		...(there !== undefined && {remoteDigest: there}),
		...(remade !== undefined && {remoteCreatedAt: remade}),
	};
};

const nothing: Pick<OutdatedView, 'checks' | 'createdAt'> = {checks: new Map(), createdAt: new Map()};

/** In the order of the containers. */
export const selectAllOutdated: (state: State) => readonly OutdatedRow[] = createSelector(
	(state: State) => [selectLooked(state), state.outdated ?? nothing, state.busy],
	(looked: readonly Looked[], view: typeof nothing, busy: State['busy']): readonly OutdatedRow[] =>
		looked.map(each => rowOf(each, view, busy)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
);

const selectSorting = sortingSelector('outdated');

const selectSorted = createSelector(
	(state: State) => [selectAllOutdated(state), selectSorting(state)],
	(rows: readonly OutdatedRow[], sorting: Sorting) => createSorter(resource)(rows, sorting),
);

export const selectOutdatedRows: (state: State) => readonly OutdatedRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.outdated.filter],
	(rows: readonly OutdatedRow[], filter: string) => filtered(resource, rows, filter),
);

/** The rows of these containers, in the order given. */
export const outdatedNamed = (state: State, keys: readonly string[]): readonly OutdatedRow[] => {
	const byKey = new Map<string, OutdatedRow>(selectAllOutdated(state).map(row => [row.key, row]));
	return keys.flatMap(key => byKey.get(key) ?? []);
};

/** Containers of which nobody knows what they were made from. */
export const unnamedIds = (looked: readonly Looked[]): readonly ContainerId[] =>
	looked.filter(({image}) => image === undefined).map(({container}) => container.id);
