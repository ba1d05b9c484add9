import type {State} from '../state/model.ts';
import {imageTargets, noImageReason} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';

/** Keys of the rows to work on. */
export const selectedImages = (state: State): readonly string[] => imageTargets(state).map(({key}) => key);

/** Why nothing can be done with the chosen images. */
export const imagesReason = (state: State): string | undefined =>
	imageTargets(state).length === 0 ? noImageReason(state) : offlineReason(state);

/** Likewise for what is done with one image alone. */
export const oneImageReason = (state: State): string | undefined =>
	imageTargets(state).length > 1 ? 'it works on one image: unmark the others' : imagesReason(state);
