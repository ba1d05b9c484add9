import type {State} from '../model.ts';

/** The image whose screen is open is there no more. */
export const isImageGone = ({images, layers}: State): boolean => {
	if (layers === undefined || images.loading.status !== 'ready') return false;
	return !images.byId.has(layers.imageId);
};

/** What the engine says the image takes: about what its archive takes. */
export const guessedBytes = ({images, layers}: State): number | undefined => {
	const bytes = layers === undefined ? undefined : images.byId.get(layers.imageId)?.sizeBytes;
	return bytes === undefined || bytes <= 0 ? undefined : bytes;
};
