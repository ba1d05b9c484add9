import {generatedNames, generateImage} from './generated-images.ts';
import type {ImageStore} from './image-store.ts';
import type {DemoImage} from './image-types.ts';
import {makeImage} from './make-image.ts';
import {manifestDigest} from './manifest.ts';
import {publicImages} from './public-images.ts';
import {repositoryOf} from './references.ts';
import {shopImages} from './shop-images.ts';
import type {WorldImage} from './world-image.ts';

const day = 24 * 60 * 60 * 1000;

/** @param today epoch milliseconds of a midnight: within a day, all engines have the same ids */
export const imageOf = (recipe: WorldImage, today: number): DemoImage =>
	makeImage({...recipe, createdAt: Math.floor((today - recipe.ageDays * day) / 1000) * 1000});

export const midnightBefore = (now: number): number => Math.floor(now / day) * day;

/** What can be pulled again under its name, once it was removed. */
export const worldImages: readonly WorldImage[] = [...shopImages, ...publicImages];

/** Fills the store with the images of the demo and, for tests and benchmarks, as many made-up ones as asked for. */
export const addWorld = (
	store: ImageStore,
	options: {readonly now: number; readonly seed: number; readonly generated: number},
): void => {
	const generated = generatedNames(options.generated).map(name => generateImage(name, options.seed));
	for (const recipe of [...worldImages, ...generated])
		addImage(store, recipe, imageOf(recipe, midnightBefore(options.now)));
};

const addImage = (store: ImageStore, recipe: WorldImage, image: DemoImage): void => {
	store.add(image);
	for (const tag of recipe.tags) {
		store.tag(image.id, tag, image.createdAt);
		if (recipe.isPulled) store.addDigest(image.id, `${repositoryOf(tag)}@${manifestDigest(image)}`);
	}
};
