import type {DemoImage} from './image-types.ts';
import {demoReference, noSuchImage, referenceText} from './references.ts';

/** An image with its names. */
export type StoredImage = {
	readonly image: DemoImage;
	/** `name:tag`, sorted. */
	readonly tags: readonly string[];
	/** `name@sha256:…`, sorted. */
	readonly digests: readonly string[];
	/** Epoch milliseconds; 0 when it was never given a name here. */
	readonly taggedAt: number;
};

/** The images of the embedded engine and what they are called. */
export class ImageStore {
	readonly #images = new Map<string, StoredImage>();
	readonly #idsByTag = new Map<string, string>();
	readonly #idsByDigest = new Map<string, string>();
	readonly #layerUsers = new Map<string, number>();
	#storedBytes = 0;

	get count(): number {
		return this.#images.size;
	}

	/** What all layers take together, each counted once. */
	get storedBytes(): number {
		return this.#storedBytes;
	}

	/** How many images stand on a layer. @param chainId `sha256:…` */
	usersOf(chainId: string): number {
		return this.#layerUsers.get(chainId) ?? 0;
	}

	all(): IteratorObject<StoredImage> {
		return this.#images.values();
	}

	/** @param id `sha256:…` */
	get(id: string): StoredImage | undefined {
		return this.#images.get(id);
	}

	/** Keeps the names of an image that is there already. */
	add(image: DemoImage): void {
		if (this.#images.has(image.id)) return;
		this.#images.set(image.id, {image, tags: [], digests: [], taggedAt: 0});
		this.#countLayers(image, 1);
	}

	/** Gives an image a name, and takes it from the one that had it. @param reference `name:tag` */
	tag(id: string, reference: string, now: number): void {
		if (this.#idsByTag.get(reference) !== id) this.untag(reference);
		this.#idsByTag.set(reference, id);
		this.#change(id, stored => ({...stored, tags: withName(stored.tags, reference), taggedAt: now}));
	}

	/** Remembers where an image came from. @param reference `name@sha256:…` */
	addDigest(id: string, reference: string): void {
		this.#idsByDigest.set(reference, id);
		this.#change(id, stored => ({...stored, digests: withName(stored.digests, reference)}));
	}

	/** Takes a name away, a tag or a digest; the image stays. */
	untag(reference: string): void {
		const id = this.#idOf(reference);
		this.#idsByTag.delete(reference);
		this.#idsByDigest.delete(reference);
		if (id === undefined) return;
		const without = (names: readonly string[]) => names.filter(name => name !== reference);
		this.#change(id, stored => ({...stored, tags: without(stored.tags), digests: without(stored.digests)}));
	}

	/** Takes an image away that has no names any more. */
	remove(id: string): void {
		const stored = this.#images.get(id);
		if (stored !== undefined) this.#countLayers(stored.image, -1);
		this.#images.delete(id);
	}

	/** By name, id, or the beginning of an id that no other image shares. */
	find(reference: string): StoredImage | undefined {
		const name = this.nameOf(reference);
		return name === undefined ? this.#byId(reference) : this.#images.get(this.#idOf(name) ?? '');
	}

	/** The name that a reference means, `name:tag` or `name@sha256:…`; `undefined` when no image is called that. */
	nameOf(reference: string): string | undefined {
		const name = wholeName(reference);
		return name !== undefined && this.#idOf(name) !== undefined ? name : undefined;
	}

	/** @throws DemoError 404, or 400 for what can be no name */
	require(reference: string): StoredImage {
		const found = this.find(reference);
		if (found !== undefined) return found;
		demoReference(reference.replace(/^sha256:/, ''));
		throw noSuchImage(reference);
	}

	#countLayers(image: DemoImage, change: 1 | -1): void {
		for (const {chainId, sizeBytes} of image.layers) {
			const users = this.usersOf(chainId) + change;
			if (users === 0) this.#layerUsers.delete(chainId);
			else this.#layerUsers.set(chainId, users);
			if (users === (change === 1 ? 1 : 0)) this.#storedBytes += change * sizeBytes;
		}
	}

	#idOf(name: string): string | undefined {
		return this.#idsByTag.get(name) ?? this.#idsByDigest.get(name);
	}

	#byId(reference: string): StoredImage | undefined {
		const digits = reference.replace(/^sha256:/, '');
		if (!/^[\da-f]{1,64}$/.test(digits)) return undefined;
		const whole = this.#images.get(`sha256:${digits}`);
		if (whole !== undefined || digits.length === 64) return whole;
		const [first, ...others] = this.#images.keys().filter(id => id.startsWith(digits, 'sha256:'.length));
		return first === undefined || others.length > 0 ? undefined : this.#images.get(first);
	}

	#change(id: string, change: (stored: StoredImage) => StoredImage): void {
		const stored = this.#images.get(id);
		if (stored !== undefined) this.#images.set(id, change(stored));
	}
}

const withName = (names: readonly string[], name: string): readonly string[] =>
	names.includes(name) ? names : [...names, name].sort();

/** `undefined` for what is no name, such as a whole id. */
const wholeName = (reference: string): string | undefined => {
	if (/^(sha256:)?[\da-f]{64}$/.test(reference)) return undefined;
	try {
		return referenceText(demoReference(reference));
	} catch {
		return undefined;
	}
};
