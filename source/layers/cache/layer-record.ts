import {copied, inNodeOrder} from '../tree/columns.ts';
import {kindNumber} from '../tree/entries.ts';
import type {PathStore} from '../tree/path-store.ts';
import {nameOf} from '../tree/paths.ts';
import type {LayerEntries, PathTable} from '../types.ts';

export type CachedLayer = {readonly tarBytes: number; readonly entries: LayerEntries};

/** A layer by itself: nodes are those of its own table of paths, which has no others. */
export type LayerRecord = CachedLayer & {readonly diffId: string; readonly paths: PathTable};

/** @param paths the table that the layer's nodes are of */
export const layerRecord = (
	diffId: string,
	{tarBytes, entries}: CachedLayer,
	paths: PathTable,
): LayerRecord => {
	const named = namedNodes(entries, paths);
	const numbers = new Int32Array(paths.count);
	named.forEach((node, number) => {
		numbers[node] = number;
	});
	return {diffId, tarBytes, paths: tableOf(named, numbers, paths), entries: renumbered(entries, numbers)};
};

/** The layer as one of the image whose paths are in the store. */
export const storedLayer = ({tarBytes, entries, paths}: LayerRecord, store: PathStore): CachedLayer => {
	const numbers = new Int32Array(paths.count);
	for (let node = 1; node < paths.count; node++)
		numbers[node] = store.child(numbers[paths.parents[node] ?? 0] ?? 0, nameOf(paths, node));
	const {targets, count} = entries;
	const {opaque, ...columns} = renumbered(entries, numbers);
	return {
		tarBytes,
		entries: {count, ...inNodeOrder(copied(columns)), targets, opaque},
	};
};

/** All that a layer names, and the directories these are in; ascending, so that the root is the first. */
const namedNodes = (entries: LayerEntries, {count, parents}: PathTable): Int32Array => {
	const isNamed = new Uint8Array(count);
	isNamed[0] = 1;
	let found = 1;
	const name = (from: number): void => {
		for (let node = from; node > 0 && isNamed[node] === 0; node = parents[node] ?? 0) {
			isNamed[node] = 1;
			found += 1;
		}
	};
	for (const node of entries.nodes) name(node);
	for (const node of entries.opaque) name(node);
	for (let entry = 0; entry < entries.count; entry++)
		if (entries.kinds[entry] === kindNumber.hardlink) name(entries.links[entry] ?? 0);
	const nodes = new Int32Array(found);
	let at = 0;
	for (let node = 0; node < count; node++)
		if (isNamed[node] === 1) {
			nodes[at] = node;
			at += 1;
		}
	return nodes;
};

const tableOf = (nodes: Int32Array, numbers: Int32Array, paths: PathTable): PathTable => {
	const {nameStarts} = paths;
	const starts = new Uint32Array(nodes.length + 1);
	nodes.forEach((node, number) => {
		starts[number + 1] = (starts[number] ?? 0) + (nameStarts[node + 1] ?? 0) - (nameStarts[node] ?? 0);
	});
	const bytes = new Uint8Array(starts[nodes.length] ?? 0);
	nodes.forEach((node, number) => {
		bytes.set(paths.nameBytes.subarray(nameStarts[node], nameStarts[node + 1]), starts[number]);
	});
	return {
		count: nodes.length,
		parents: nodes.map(node => (node === 0 ? -1 : (numbers[paths.parents[node] ?? 0] ?? 0))),
		nameStarts: starts,
		nameBytes: bytes,
	};
};

const renumbered = (entries: LayerEntries, numbers: Int32Array): LayerEntries => {
	const to = (node: number): number => numbers[node] ?? 0;
	return {
		...entries,
		nodes: entries.nodes.map(to),
		links: entries.links.map((link, entry) =>
			entries.kinds[entry] === kindNumber.hardlink ? to(link) : link,
		),
		opaque: entries.opaque.map(to),
	};
};
