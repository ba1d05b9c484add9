import type {ImageId} from '../../engine/types.ts';
import {type Amount, type LayerSharing, noBytes, shareLayers} from '../../layers/sharing.ts';
import type {ImagesState, State} from '../model.ts';
import {createSelector} from './memo.ts';

/** Who shares which layers, as far as the images were asked for them. */
export const selectSharing: (state: State) => LayerSharing = createSelector(
	(state: State) => [state.images.contents],
	(contents: ImagesState['contents']) => shareLayers(contents),
);

/**
 * How much of it is known. `reading`: some were not asked yet, what one image seems to have alone another may share;
 * `partly`: some could not be had, so it stays so.
 */
export type SharingKnowledge = 'reading' | 'partly' | 'whole';

export const sharingKnowledge = ({
	images: {byId, contents, unreadable},
}: Pick<State, 'images'>): SharingKnowledge => {
	if (contents.size + unreadable.size < byId.size) return 'reading';
	return unreadable.size > 0 ? 'partly' : 'whole';
};

/** How many images are still to be asked. */
export const unaskedCount = ({images: {byId, contents, unreadable}}: State): number =>
	Math.max(0, byId.size - contents.size - unreadable.size);

export type UniqueSizes = ReadonlyMap<ImageId, Amount>;

const none: UniqueSizes = new Map();

/** What each image has that no other has; empty until every image was asked. */
export const selectUniqueSizes: (state: State) => UniqueSizes = createSelector(
	(state: State) => [
		state.images.contents,
		sharingKnowledge(state) === 'reading',
		state.images.unreadable.size > 0,
		selectSharing(state),
	],
	(
		contents: ImagesState['contents'],
		isReading: boolean,
		isPartial: boolean,
		sharing: LayerSharing,
	): UniqueSizes => {
		if (isReading) return none;
		return new Map(
			contents.keys().map(id => {
				const {least, most} = sharing.freedBy([id]);
				// Those that could not be asked may share any of it.
				return [id, {least: isPartial ? 0 : least, most}];
			}),
		);
	},
);

/**
 * What goes from the engine's disk when these images go, with all their names. What nobody has asked for is between
 * nothing and its whole size.
 */
export const freedBytes = (state: State, ids: readonly ImageId[]): Amount =>
	freedOf(state.images, selectSharing(state), ids);

export const freedOf = (images: ImagesState, sharing: LayerSharing, ids: readonly ImageId[]): Amount => {
	const {byId, contents} = images;
	const {least, most} = sharing.freedBy(ids);
	const unknown = ids
		.filter(id => !contents.has(id))
		.reduce((sum, id) => sum + (byId.get(id)?.sizeBytes ?? 0), 0);
	const isWhole = sharingKnowledge({images}) === 'whole';
	return {least: isWhole ? least : 0, most: most + unknown};
};

/** Every image together, each layer once; nothing until all were asked. */
export const selectTotalBytes: (state: State) => Amount | undefined = createSelector(
	(state: State) => [selectSharing(state), sharingKnowledge(state), state.images.byId],
	(sharing: LayerSharing, knowledge: SharingKnowledge, byId: ImagesState['byId']): Amount | undefined => {
		if (byId.size === 0) return noBytes;
		return knowledge === 'whole' ? sharing.sizeOf(byId.keys()) : undefined;
	},
);

/** Ids of the images that have a layer, by the digest of its content; those that were asked so far. */
export const imagesWithLayer = (state: State, diffId: string): readonly string[] =>
	selectSharing(state).imagesWith(diffId);
