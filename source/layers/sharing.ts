/**
 * Which images have which layers. Layers are stored once for each chain: the same content on other lower layers is
 * stored again, by graph drivers and snapshotters alike.
 */

/** What has to be known of an image, and never changes as long as its id is the same. */
export type ImageContents = {
	/** The lowest first. */
	readonly diffIds: readonly string[];
	/** Bytes of the lowest k layers, see `HistoryLayers`. */
	readonly least: readonly number[];
	readonly most: readonly number[];
	/** As the engine counts the whole image. */
	readonly sizeBytes: number;
};

/** Bytes, as far as they are known. */
export type Amount = {readonly least: number; readonly most: number};

export type LayerSharing = {
	/** What goes when all of these images go, with every name they have. Layers that others have too stay. */
	readonly freedBy: (ids: Iterable<string>) => Amount;
	/** Other images that have all of its layers, and their own on top or none. */
	readonly basedOn: (id: string) => readonly string[];
	/** These images together, each layer once. */
	readonly sizeOf: (ids: Iterable<string>) => Amount;
	/** Images that have a layer of this content, wherever in them. */
	readonly imagesWith: (diffId: string) => readonly string[];
};

export const noBytes: Amount = {least: 0, most: 0};

const addAmounts = (left: Amount, right: Amount): Amount => ({
	least: left.least + right.least,
	most: left.most + right.most,
});

/**
 * What one image has above its lowest `from` layers. Beside the layers themselves an engine may keep what came over
 * the network.
 * @param below bytes of those lowest layers, by the one image of all that have them that knows best
 */
const partBytes = ({least, sizeBytes}: ImageContents, from: number, below: Amount): Amount => {
	const layers = least.at(-1) ?? 0;
	const beside = Math.max(0, sizeBytes - layers);
	// Nothing of it is another's, and so the engine's own count is right.
	if (from === 0) return {least: layers + beside, most: layers + beside};
	if (from === least.length - 1) return noBytes;
	return {
		least: Math.max(0, layers - below.most),
		most: Math.max(0, layers - below.least) + beside,
	};
};

/** More than any image has; keys of the tree are a parent's number × this + that of the layer's content. */
const span = 2 ** 26;

const createTree = (images: ReadonlyMap<string, ImageContents>) => {
	const contents = new Map<string, number>();
	const nodes = new Map<number, number>();
	/** How many images have the layer with all that is below it. */
	const users: number[] = [0];
	/** Bytes of each with all that is below it. */
	const leastBelow: number[] = [0];
	const mostBelow: number[] = [0];
	const chains = new Map<string, readonly number[]>();
	for (const [id, {diffIds, least, most}] of images) {
		let at = 0;
		const chain = diffIds.map((diffId, index) => {
			const known = contents.get(diffId) ?? contents.size;
			if (known === contents.size) contents.set(diffId, known);
			const key = at * span + known;
			const node = nodes.get(key) ?? users.length;
			if (node === users.length) nodes.set(key, node);
			users[node] = (users[node] ?? 0) + 1;
			leastBelow[node] = Math.max(leastBelow[node] ?? 0, least[index + 1] ?? 0);
			mostBelow[node] = Math.min(
				mostBelow[node] ?? Number.POSITIVE_INFINITY,
				most[index + 1] ?? Number.POSITIVE_INFINITY,
			);
			at = node;
			return node;
		});
		chains.set(id, chain);
	}
	const below = (node: number | undefined): Amount =>
		node === undefined ? noBytes : {least: leastBelow[node] ?? 0, most: mostBelow[node] ?? 0};
	return {users, chains, below};
};

/** Made anew when images come or go; 10,000 images of 20 layers take some 60 ms. */
export const shareLayers = (images: ReadonlyMap<string, ImageContents>): LayerSharing => {
	const {users, chains, below} = createTree(images);
	let byContent: ReadonlyMap<string, readonly string[]> | undefined;

	/** The part of each chain above all that stays; `isGone` says what goes. */
	const sum = (ids: Iterable<string>, isGone: (node: number) => boolean): Amount => {
		const counted = new Set<number>();
		let amount = noBytes;
		for (const id of ids) {
			const image = images.get(id);
			const chain = chains.get(id) ?? [];
			let from = chain.length;
			for (let node = chain[from - 1]; node !== undefined && isGone(node) && !counted.has(node); ) {
				counted.add(node);
				from -= 1;
				node = chain[from - 1];
			}
			if (image !== undefined) {
				amount = addAmounts(amount, partBytes(image, from, below(chain[from - 1])));
			}
		}
		return amount;
	};

	return {
		freedBy(ids) {
			const chosen = new Set(ids);
			const [only] = chosen;
			if (chosen.size === 1 && only !== undefined) return sum(chosen, node => users[node] === 1);
			const going = new Map<number, number>();
			for (const id of chosen)
				for (const node of chains.get(id) ?? []) going.set(node, (going.get(node) ?? 0) + 1);
			return sum(chosen, node => users[node] === going.get(node));
		},
		imagesWith(diffId) {
			byContent ??= indexed(images);
			return byContent.get(diffId) ?? [];
		},
		basedOn(id) {
			const chain = chains.get(id) ?? [];
			const top = chain.at(-1);
			if (top === undefined || users[top] === 1) return [];
			return [...chains].flatMap(([other, nodes]) =>
				other !== id && nodes[chain.length - 1] === top ? [other] : [],
			);
		},
		sizeOf: ids => sum(ids, () => true),
	};
};

const indexed = (images: ReadonlyMap<string, ImageContents>): ReadonlyMap<string, readonly string[]> => {
	const index = new Map<string, string[]>();
	for (const [id, {diffIds}] of images) {
		for (const diffId of new Set(diffIds)) {
			const known = index.get(diffId);
			if (known === undefined) index.set(diffId, [id]);
			else known.push(id);
		}
	}
	return index;
};
