import {publicImages} from './public-images.ts';
import {shopImages} from './shop-images.ts';
import type {WorldImage} from './world-image.ts';

/** What is here from the start, and can be pulled again under its name once it was removed. */
export const worldImages: readonly WorldImage[] = [...shopImages, ...publicImages];
