import type {ImageTree} from '../types.ts';
import {changeNumber} from './compare.ts';
import {entryBytes, entryOfInode, type Inode, inodeOf, kindNumber, layerOfInode, noInode} from './entries.ts';

/** What of a view is known before its sizes are. */
export type Sized = {
	readonly own: Uint8Array;
	readonly layers: Int16Array;
	readonly entries: Int32Array;
};

/**
 * Bytes by node: of a file its own, of a directory those beneath it that are there, of a removed one those that were.
 * A file with several names counts once in each directory that has some of them in it, as in `du`.
 */
export const viewSizes = (tree: ImageTree, view: Sized): Float64Array => {
	const {parents, count} = tree.paths;
	const sizes = new Float64Array(count);
	const links: number[] = [];
	const columns = tree.layers.map(({entries}) => entries);
	for (let node = 0; node < count; node++) {
		const layer = view.layers[node] ?? -1;
		if (layer < 0 || view.own[node] === 0) continue;
		const entry = view.entries[node] ?? 0;
		const entries = columns[layer];
		// Of all but files and hard links the size is 0.
		if (entries === undefined) continue;
		const size = entries.sizes[entry] ?? 0;
		if (size !== 0) sizes[node] = size;
		else if (entries.kinds[entry] === kindNumber.hardlink) {
			sizes[node] = entryBytes(tree, layer, entry);
			links.push(node);
		}
	}
	if (links.length > 0) takeOffSecondNames(tree, view, sizes, links);
	const {removed} = changeNumber;
	for (let node = count - 1; node > 0; node--) {
		const size = sizes[node] ?? 0;
		if (size === 0) continue;
		const parent = parents[node] ?? 0;
		// What is there is in a directory, and so was what was removed with the one it was in.
		if ((view.own[node] === removed) === (view.own[parent] === removed))
			sizes[parent] = (sizes[parent] ?? 0) + size;
	}
	return sizes;
};

/** Where the ways up from two names of one file meet, its size is taken off once: it comes there twice. */
const takeOffSecondNames = (
	tree: ImageTree,
	view: Sized,
	sizes: Float64Array,
	links: readonly number[],
): void => {
	const {parents, count} = tree.paths;
	const {removed} = changeNumber;
	const passed = new Int32Array(count);
	let group = 0;
	for (const names of namesByInode(tree, view, links)) {
		group += 1;
		for (const name of names) {
			const isRemoved = view.own[name] === removed;
			let node = parents[name] ?? -1;
			// What was removed does not count in a directory that is there.
			while (node >= 0 && (view.own[node] === removed) === isRemoved && passed[node] !== group) {
				passed[node] = group;
				node = parents[node] ?? -1;
			}
			if (node >= 0 && passed[node] === group) sizes[node] = (sizes[node] ?? 0) - (sizes[name] ?? 0);
		}
	}
};

/** The names of each file that has several; those that are removed and those that are there apart. */
const namesByInode = (tree: ImageTree, view: Sized, links: readonly number[]): readonly number[][] => {
	const groups = new Map<Inode, number[]>();
	const keyOf = (node: number, of: Inode): number => (view.own[node] === changeNumber.removed ? -2 - of : of);
	const groupOf = (key: number): number[] => {
		const known = groups.get(key);
		if (known !== undefined) return known;
		const made: number[] = [];
		groups.set(key, made);
		return made;
	};
	for (const node of links) {
		const target = inodeOf(tree, view.layers[node] ?? 0, view.entries[node] ?? 0);
		if (target === noInode) continue;
		const layer = layerOfInode(target);
		const entry = entryOfInode(target);
		const first = tree.layers[layer]?.entries?.nodes[entry] ?? 0;
		const isFirstShown =
			view.own[first] !== 0 && view.layers[first] === layer && view.entries[first] === entry;
		const firstGroup = isFirstShown ? groupOf(keyOf(first, target)) : undefined;
		if (firstGroup?.length === 0) firstGroup.push(first);
		groupOf(keyOf(node, target)).push(node);
	}
	return [...groups.values()];
};
