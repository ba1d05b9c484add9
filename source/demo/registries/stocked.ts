import type {DemoImage, DemoPlatform} from '../images/image-types.ts';
import {makeImage} from '../images/make-image.ts';
import {canonicalName, repositoryOf} from '../images/references.ts';
import type {WorldImage} from '../images/world-image.ts';
import {imageDocument, indexDocument, type RegistryDocument} from './documents.ts';

/** What a tag of a registry stands for. */
export type Stocked = {
	/** An index, or the only image's manifest. */
	readonly root: RegistryDocument;
	/** For each platform; the first is what an engine here takes. */
	readonly images: readonly [StockedImage, ...(readonly StockedImage[])];
};

export type StockedImage = {readonly image: DemoImage; readonly document: RegistryDocument};

const dayMs = 24 * 60 * 60 * 1000;

export const midnightBefore = (now: number): number => Math.floor(now / dayMs) * dayMs;

/** @param today epoch milliseconds of a midnight: within a day, all engines have the same ids */
const imageOf = (recipe: WorldImage, today: number): DemoImage =>
	makeImage({...recipe, createdAt: Math.floor((today - recipe.ageDays * dayMs) / 1000) * 1000});

const arm: DemoPlatform = {os: 'linux', architecture: 'arm64', variant: 'v8'};

/** These are built for several platforms, as are those of the default registry that have no owner. */
const builtForMore: ReadonlySet<string> = new Set([
	'grafana/grafana',
	'registry.example.com/platform/gateway',
	'ghcr.io/example/partner-connectors',
]);

const hasMore = (name: string): boolean =>
	builtForMore.has(name) || canonicalName(name).startsWith('docker.io/library/');

const stockedImage = (image: DemoImage): StockedImage => ({image, document: imageDocument(image)});

/** An image alone, as an engine pushes it. */
export const stockOne = (image: DemoImage): Stocked => {
	const only = stockedImage(image);
	return {root: only.document, images: [only]};
};

/** An image as its registry has it. @param reference `name:tag` */
export const stockRecipe = (recipe: WorldImage, reference: string, today: number): Stocked => {
	const first = stockedImage(imageOf(recipe, today));
	if (!hasMore(repositoryOf(reference))) return {root: first.document, images: [first]};
	const second = stockedImage(imageOf({...recipe, platform: arm}, today));
	const entries = [first, second].map(({image, document}) => ({document, platform: image.platform}));
	const annotations = {
		'org.opencontainers.image.ref.name': reference,
		'org.opencontainers.image.created': new Date(first.image.createdAt).toISOString(),
	};
	return {root: indexDocument(entries, annotations), images: [first, second]};
};
