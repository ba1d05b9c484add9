import type {Clock} from '../../clock.ts';
import {generatePulledImage} from '../images/generated-images.ts';
import type {DemoImage} from '../images/image-types.ts';
import {sha256} from '../images/layer.ts';
import {emptyConfig, type RegistryDocument, referrerDocument} from './documents.ts';
import {hasEveryTag, isShelved, shelvedNames, shelvedRecipe, shelvedTags} from './shelves.ts';
import {midnightBefore, type Stocked, type StockedImage, stockOne, stockRecipe} from './stocked.ts';

/** What all registries of the invented world have; repositories by the names that the engine gives them. */
export type RegistryStock = {
	readonly names: () => readonly string[];
	readonly hasRepository: (name: string) => boolean;
	readonly tags: (name: string) => readonly string[];
	/** Some have every tag, listed or not, but for `…missing`. */
	readonly byTag: (name: string, tag: string) => Stocked | undefined;
	/** @param digest of an index, an image or what refers to one; with the image that an engine takes for it */
	readonly byDigest: (
		name: string,
		digest: string,
	) => {readonly document: RegistryDocument; readonly image?: DemoImage} | undefined;
	/** A configuration. */
	readonly blob: (name: string, digest: string) => string | undefined;
	readonly referrers: (name: string, digest: string) => readonly RegistryDocument[];
	readonly put: (name: string, tag: string, image: DemoImage) => void;
	/** @returns whether it was there: every tag goes that stands for it */
	readonly remove: (name: string, digest: string) => boolean;
};

/** The second is where clients look for what refers to a digest. */
const neverThere = /missing$|^sha256-/;

const signed = /^registry\.example\.com\/(platform\/report-job|shop\/)/;

/** Who signs, and says what is in it. */
const referrersOf = (name: string, {root, images: [{image}]}: Stocked): readonly RegistryDocument[] => {
	if (!signed.test(name)) return [];
	const created = {'org.opencontainers.image.created': new Date(image.createdAt + 90_000).toISOString()};
	return [
		referrerDocument(root, 'application/vnd.dev.cosign.artifact.sig.v1+json', created),
		referrerDocument(root, 'application/spdx+json', {
			...created,
			'org.opencontainers.image.description': '部品表 (software bill of materials)',
		}),
	];
};

export const createStock = (clock: Clock, seed: number): RegistryStock => {
	const made = new Map<string, Stocked>();
	/** What was pushed; `undefined` where a tag was deleted. */
	const changed = new Map<string, Map<string, Stocked | undefined>>();

	const make = (name: string, tag: string): Stocked => {
		const today = midnightBefore(clock.now());
		const reference = `${name}:${tag}`;
		const key = `${today} ${reference}`;
		const known = made.get(key);
		if (known !== undefined) return known;
		const recipe = shelvedRecipe(name, tag, seed) ?? generatePulledImage(reference, seed);
		const stocked = stockRecipe(recipe, recipe.tags[0] ?? reference, today);
		made.set(key, stocked);
		return stocked;
	};

	const byTag: RegistryStock['byTag'] = (name, tag) => {
		const own = changed.get(name);
		if (own?.has(tag)) return own.get(tag);
		const isThere = shelvedTags(name).includes(tag) || (hasEveryTag(name) && !neverThere.test(tag));
		return isThere ? make(name, tag) : undefined;
	};

	const tags: RegistryStock['tags'] = name => {
		const own = changed.get(name) ?? new Map<string, Stocked | undefined>();
		const pushed = [...own].filter(([, stocked]) => stocked !== undefined).map(([tag]) => tag);
		return [...new Set([...pushed, ...shelvedTags(name).filter(tag => !own.has(tag))])];
	};

	/** Also what was asked for by a tag on no list. */
	const allOf = (name: string): readonly Stocked[] => {
		const unlisted = [...made].filter(([key]) => key.split(' ')[1]?.startsWith(`${name}:`));
		return [...tags(name).flatMap(tag => byTag(name, tag) ?? []), ...unlisted.map(([, stocked]) => stocked)];
	};

	const change = (name: string, tag: string, stocked: Stocked | undefined): void => {
		changed.set(name, (changed.get(name) ?? new Map()).set(tag, stocked));
	};

	const imageBy = (stocked: Stocked, digest: string): StockedImage | undefined =>
		stocked.root.digest === digest
			? stocked.images[0]
			: stocked.images.find(({document}) => document.digest === digest);

	return {
		names: () => [...new Set([...shelvedNames, ...changed.keys()])].sort(),
		hasRepository: name => isShelved(name) || changed.has(name),
		tags,
		byTag,
		byDigest(name, digest) {
			for (const stocked of allOf(name)) {
				const found = imageBy(stocked, digest);
				if (found !== undefined) {
					const document = stocked.root.digest === digest ? stocked.root : found.document;
					return {document, image: found.image};
				}
				const document = referrersOf(name, stocked).find(each => each.digest === digest);
				if (document !== undefined) return {document};
			}
			return undefined;
		},
		blob(name, digest) {
			if (digest === sha256(emptyConfig.text)) return emptyConfig.text;
			return allOf(name)
				.flatMap(({images}) => images)
				.find(({image}) => image.id === digest)?.image.configJson;
		},
		referrers: (name, digest) => {
			const subject = allOf(name).find(({root}) => root.digest === digest);
			return subject === undefined ? [] : referrersOf(name, subject);
		},
		put: (name, tag, image) => change(name, tag, stockOne(image)),
		remove(name, digest) {
			const gone = tags(name).filter(tag => {
				const stocked = byTag(name, tag);
				return stocked !== undefined && imageBy(stocked, digest) !== undefined;
			});
			for (const tag of gone) change(name, tag, undefined);
			return gone.length > 0;
		},
	};
};
