import type {ImageTree, LayerEntries} from '../types.ts';
import {childIndex} from './children.ts';
import {kindNumber} from './entries.ts';

/** Not there. */
export const absent = -2;
/** A directory that no entry tells of, only what is in it. */
export const implied = -1;

/** A file system by node: from which layer each path is, or one of the two above, and from which of its entries. */
export type Stack = {readonly layers: Int16Array; readonly entries: Int32Array};

/** An empty root. */
export const emptyStack = (nodes: number): Stack => {
	const layers = new Int16Array(nodes).fill(absent);
	layers[0] = implied;
	return {layers, entries: new Int32Array(nodes).fill(-1)};
};

export const copiedStack = ({layers, entries}: Stack): Stack => ({
	layers: layers.slice(),
	entries: entries.slice(),
});

/** The layers from one to another, both included, put on top. */
export const addLayers = (tree: ImageTree, stack: Stack, from: number, to: number): void => {
	for (let layer = from; layer <= to; layer++) addLayer(tree, stack, layer);
};

/**
 * Puts a layer on top as OCI image-spec `layer.md` says: first what it hides goes, then what it has comes. Links are
 * not followed: a path beneath a link or a file makes that a directory.
 * @param onTouch is told each path before anything becomes of it, some more than once
 */
export const addLayer = (
	tree: ImageTree,
	stack: Stack,
	layer: number,
	onTouch: (node: number) => void = () => {},
): void => {
	const entries = tree.layers[layer]?.entries;
	if (entries === undefined) return;
	hide(tree, stack, entries, onTouch);
	const {layers} = stack;
	const {parents} = tree.paths;
	for (let entry = 0; entry < entries.count; entry++) {
		const node = entries.nodes[entry] ?? 0;
		const kind = entries.kinds[entry];
		if (kind === kindNumber.whiteout || (node === 0 && kind !== kindNumber.directory)) continue;
		onTouch(node);
		layers[node] = layer;
		stack.entries[node] = entry;
	}
	let last = -1;
	for (let entry = 0; entry < entries.count; entry++) {
		if (entries.kinds[entry] === kindNumber.whiteout) continue;
		let node = parents[entries.nodes[entry] ?? 0] ?? -1;
		// Neighbours in a layer share their directory.
		if (node === last) continue;
		last = node;
		while (node >= 0 && !isDirectoryIn(tree, stack, node)) {
			onTouch(node);
			layers[node] = implied;
			stack.entries[node] = -1;
			node = parents[node] ?? -1;
		}
	}
};

export const isDirectoryIn = (tree: ImageTree, {layers, entries}: Stack, node: number): boolean => {
	const layer = layers[node] ?? absent;
	if (layer < 0) return layer === implied;
	return tree.layers[layer]?.entries?.kinds[entries[node] ?? 0] === kindNumber.directory;
};

const hide = (
	tree: ImageTree,
	stack: Stack,
	entries: LayerEntries,
	onTouch: (node: number) => void,
): void => {
	const {layers} = stack;
	const pending: number[] = [];
	const remove = (node: number): void => {
		if (layers[node] === absent || node === 0) return;
		onTouch(node);
		layers[node] = absent;
		stack.entries[node] = -1;
		pending.push(node);
	};
	const removeContent = (node: number): void => {
		const {starts, children} = childIndex(tree.paths);
		pending.push(node);
		for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
			const end = starts[next + 1] ?? 0;
			for (let at = starts[next] ?? 0; at < end; at++) remove(children[at] ?? 0);
		}
	};
	for (let entry = 0; entry < entries.count; entry++) {
		const kind = entries.kinds[entry];
		if (kind === kindNumber.directory) continue;
		const node = entries.nodes[entry] ?? 0;
		if (node === 0 || layers[node] === absent) continue;
		if (kind === kindNumber.whiteout) remove(node);
		removeContent(node);
	}
	for (const node of entries.opaque) removeContent(node);
};
