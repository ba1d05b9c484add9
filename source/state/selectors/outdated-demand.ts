import type {OutdatedRow} from '../../resources/outdated.ts';
import type {State} from '../model.ts';
import {cursorOf} from '../slices/lists.ts';
import type {OutdatedDemand, WantedTag} from '../views/outdated.ts';
import {allDigests, isDigest, isFromRegistry, wholeName} from './local-tags.ts';
import {createSelector} from './memo.ts';
import {type Looked, selectLooked, selectOutdatedRows, unnamedIds} from './outdated-rows.ts';

/** Each tag once, with every image that it is compared with. */
const wantedTags = (looked: readonly Looked[]): readonly WantedTag[] => {
	const byTag = new Map<string, {imageIds: Set<string>; digests: Set<string>}>();
	for (const {remote, own, tagged} of looked) {
		if (remote === undefined || isDigest(remote)) continue;
		const images = [own, tagged].filter(image => image !== undefined);
		if (!images.some(image => isFromRegistry(image, remote))) continue;
		const reference = wholeName(remote);
		const wanted = byTag.get(reference) ?? {imageIds: new Set(), digests: new Set()};
		byTag.set(reference, wanted);
		for (const image of images) {
			wanted.imageIds.add(image.id);
			for (const digest of allDigests(image)) wanted.digests.add(digest);
		}
	}
	return [...byTag].map(([reference, {imageIds, digests}]) => ({
		reference,
		imageIds: [...imageIds].toSorted(),
		digests: [...digests].toSorted(),
	}));
};

/** The row under the cursor. */
export const cursorOutdated = (state: State): OutdatedRow | undefined => {
	const rows = selectOutdatedRows(state);
	const keys: readonly string[] = rows.map(({key}) => key);
	return rows[cursorOf(state.ui.lists.outdated, keys)];
};

const selectWanted = createSelector((state: State) => [selectLooked(state)], wantedTags);

const selectDated = (state: State): OutdatedDemand['dated'] => {
	const row = state.ui.screen.kind === 'outdated' ? cursorOutdated(state) : undefined;
	if (row?.verdict !== 'newer-there') return undefined;
	const {reference, remoteDigest: digest} = row;
	if (reference === undefined || digest === undefined || row.remoteCreatedAt !== undefined) return undefined;
	return {reference, digest};
};

/** The one before as long as the new one says the same. */
const keep = <Part>(first: Part): ((next: Part) => Part) => {
	let last = {text: JSON.stringify(first), part: first};
	return next => {
		const text = JSON.stringify(next);
		if (last.text !== text) last = {text, part: next};
		return last.part;
	};
};

const keepDated = keep<OutdatedDemand['dated']>(undefined);
const keepDemand = keep<OutdatedDemand | undefined>(undefined);

/** What the registries are to be asked while the screen is open. */
export const selectOutdatedDemand: (state: State) => OutdatedDemand | undefined = createSelector(
	(state: State) => [
		state.ui.screen.kind === 'outdated' ? state.outdated?.turn : undefined,
		selectLooked(state),
		selectWanted(state),
		keepDated(selectDated(state)),
		state.images.loading.status,
	],
	(
		turn: number | undefined,
		looked: readonly Looked[],
		tags: readonly WantedTag[],
		dated: OutdatedDemand['dated'],
		images: State['images']['loading']['status'],
	): OutdatedDemand | undefined =>
		turn === undefined || images !== 'ready'
			? undefined
			: keepDemand({turn, tags, unnamed: unnamedIds(looked), ...(dated && {dated})}),
);
