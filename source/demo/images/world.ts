import {midnightBefore, stockRecipe} from '../registries/stocked.ts';
import {generatedNames, generateImage} from './generated-images.ts';
import type {ImageStore} from './image-store.ts';
import {repositoryOf} from './references.ts';
import type {WorldImage} from './world-image.ts';
import {worldImages} from './world-images.ts';

/** Fills the store with the images of the demo and, for tests and benchmarks, as many made-up ones as asked for. */
export const addWorld = (
	store: ImageStore,
	options: {readonly now: number; readonly seed: number; readonly generated: number},
): void => {
	const generated = generatedNames(options.generated).map(name => generateImage(name, options.seed));
	const today = midnightBefore(options.now);
	for (const recipe of [...worldImages, ...generated]) addImage(store, recipe, today);
};

const addImage = (store: ImageStore, recipe: WorldImage, today: number): void => {
	const {root, images} = stockRecipe(recipe, recipe.tags[0] ?? '', today);
	const [{image}] = images;
	store.add(image);
	for (const tag of recipe.tags) {
		store.tag(image.id, tag, image.createdAt);
		if (recipe.isPulled) store.addDigest(image.id, `${repositoryOf(tag)}@${root.digest}`);
	}
};
