import {buildRoute} from '../build/build-route.ts';
import type {DemoContainersOfImage, DemoContext, DemoImageFacts, DemoImages} from '../contract.ts';
import {createStock} from '../registries/stock.ts';
import {v2Routes} from '../registries/v2-routes.ts';
import {archiveRoutes} from './image-archive.ts';
import {commitImage} from './image-commit.ts';
import {inspectRoutes} from './image-inspect.ts';
import {listRoute} from './image-list.ts';
import {loadRoute} from './image-load.ts';
import {pruneRoute} from './image-prune.ts';
import {pullRoute} from './image-pull.ts';
import {pushRoute} from './image-push.ts';
import {removeRoute} from './image-remove.ts';
import {ImageStore, type StoredImage} from './image-store.ts';
import {tagRoute} from './image-tag.ts';
import {registryRoutes} from './registry-routes.ts';
import {newestFirst, sharedBytesOf, summaryOf} from './usage.ts';
import {addWorld} from './world.ts';

/** The images of the embedded engine, and what `GET /system/df` tells of them. */
export type DemoImageWorld = DemoImages & {
	readonly count: () => number;
	readonly diskUse: (apiMinor: number) => {
		/** Entries of `GET /images/json` with their shared size. */
		readonly summaries: readonly Readonly<Record<string, unknown>>[];
		/** All layers, each counted once. */
		readonly layerBytes: number;
	};
};

/**
 * @param options.images how many made-up images there are besides those of the demo
 * @default options.seed 1
 */
export const createDemoImages = (
	context: DemoContext,
	containersOf: DemoContainersOfImage,
	options: {readonly seed?: number; readonly images?: number} = {},
): DemoImageWorld => {
	const {seed = 1, images: generated = 0} = options;
	const store = new ImageStore();
	addWorld(store, {now: context.clock.now(), seed, generated});
	const stock = createStock(context.clock, seed);
	const parts = {context, store, containersOf, stock};
	return {
		find(reference) {
			const stored = store.find(reference);
			return stored && factsOf(stored);
		},
		commit: commit => commitImage(parts, commit),
		routes: [
			listRoute(parts),
			...registryRoutes(parts),
			...v2Routes(stock),
			...archiveRoutes(parts),
			...inspectRoutes(parts),
			loadRoute(parts),
			buildRoute(parts),
			pullRoute(parts),
			pruneRoute(parts),
			tagRoute(parts),
			pushRoute(parts),
			removeRoute(parts),
		],
		count: () => store.count,
		diskUse: apiMinor => ({
			// Whatever the version, disk use counts containers and shared layers.
			summaries: newestFirst([...store.all()]).map(stored => ({
				...summaryOf(parts, stored, {apiMinor, isSharedAsked: false}),
				Containers: containersOf(stored.image.id).length,
				SharedSize: sharedBytesOf(store, stored.image),
			})),
			layerBytes: store.storedBytes,
		}),
	};
};

const factsOf = ({image, tags}: StoredImage): DemoImageFacts => ({
	id: image.id,
	tags,
	...image.settings,
	sizeBytes: image.sizeBytes,
});
