import type {State} from '../model.ts';

/**
 * Names of the other images that have a layer, by its digest (`diffId`); absent while nobody knows the layers of
 * other images.
 */
export const selectSharedLayers = (_state: State): ReadonlyMap<string, readonly string[]> | undefined =>
	undefined;
