import {entryKinds, type ImageTree, type LayerEntries} from '../types.ts';

export const kindNumber = {
	file: entryKinds.indexOf('file'),
	directory: entryKinds.indexOf('directory'),
	symlink: entryKinds.indexOf('symlink'),
	hardlink: entryKinds.indexOf('hardlink'),
	whiteout: entryKinds.indexOf('whiteout'),
} as const;

/** The entry of a node in a layer, -1 without one. */
const entryOf = ({nodes, count}: LayerEntries, node: number): number => {
	let from = 0;
	let to = count - 1;
	while (from <= to) {
		const middle = (from + to) >> 1;
		const found = nodes[middle] ?? 0;
		if (found === node) return middle;
		if (found < node) from = middle + 1;
		else to = middle - 1;
	}
	return -1;
};

/** A layer and one of its entries as one number, to compare and to sort by. */
export type Inode = number;
const entriesPerLayer = 2 ** 31;
export const inode = (layer: number, entry: number): Inode => layer * entriesPerLayer + entry;
export const layerOfInode = (value: Inode): number => Math.floor(value / entriesPerLayer);
export const entryOfInode = (value: Inode): number => value % entriesPerLayer;
/** A hard link to what is not there. */
export const noInode: Inode = -1;

/** What an entry is in truth: of a hard link what it is another name of, in its own layer or else the next below. */
export const inodeOf = (tree: ImageTree, layer: number, entry: number): Inode => {
	let found = inode(layer, entry);
	// A chain of links ends soon, if it is not a ring.
	for (let steps = 0; steps < 64; steps++) {
		const atLayer = layerOfInode(found);
		const entries = tree.layers[atLayer]?.entries;
		if (entries?.kinds[entryOfInode(found)] !== kindNumber.hardlink) return found;
		found = highest(tree, atLayer, entries.links[entryOfInode(found)] ?? 0);
		if (found === noInode) return noInode;
	}
	return noInode;
};

/** A node's entry in a layer or the next below that has one. */
const highest = (tree: ImageTree, from: number, node: number): Inode => {
	for (let layer = from; layer >= 0; layer--) {
		const entries = tree.layers[layer]?.entries;
		const entry = entries === undefined ? -1 : entryOf(entries, node);
		if (entry === -1) continue;
		if (entries?.kinds[entry] !== kindNumber.whiteout) return inode(layer, entry);
		// Of the layer itself: it hides what is below from others, the link was made before.
		if (layer < from) return noInode;
	}
	return noInode;
};

/** Bytes of a file, by whichever of its names. */
export const entryBytes = (tree: ImageTree, layer: number, entry: number): number => {
	const entries = tree.layers[layer]?.entries;
	if (entries === undefined) return 0;
	if (entries.kinds[entry] !== kindNumber.hardlink) return entries.sizes[entry] ?? 0;
	const target = inodeOf(tree, layer, entry);
	return target === noInode
		? 0
		: (tree.layers[layerOfInode(target)]?.entries?.sizes[entryOfInode(target)] ?? 0);
};
