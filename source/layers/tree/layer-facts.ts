import type {ImageTree} from '../types.ts';
import {changeBetween, changeNumber} from './compare.ts';
import {kindNumber} from './entries.ts';
import {absent, addLayer, emptyStack, isDirectoryIn, type Stack} from './stack.ts';

/** What stands beside a layer in a list of layers. */
export type LayerFacts = {
	/** Entries in the layer that are no directories, whatever else they are. */
	readonly files: number;
	readonly directories: number;
	/** Against the layers below, without directories. */
	readonly added: number;
	/** Metadata alone counts too. */
	readonly modified: number;
	readonly removed: number;
	/** Sum of the sizes of the layer's files. */
	readonly contentBytes: number;
	/** Of this layer and those below. */
	readonly cumulativeBytes: number;
};

const known = new WeakMap<ImageTree, readonly LayerFacts[]>();

/** One for each layer; of those that were not read yet all zero, but for what is below. */
export const layerFacts = (tree: ImageTree): readonly LayerFacts[] => {
	const before = known.get(tree);
	if (before !== undefined) return before;
	const stack = emptyStack(tree.paths.count);
	const touched = touchedPaths(stack);
	let cumulativeBytes = 0;
	const facts = tree.layers.map((_, layer): LayerFacts => {
		touched.clear();
		const wasDirectory = (node: number) => isDirectoryIn(tree, stack, node);
		addLayer(tree, stack, layer, node => touched.add(node, wasDirectory(node)));
		const content = contentOf(tree, layer);
		cumulativeBytes += content.contentBytes;
		return {...content, ...touched.counts(tree), cumulativeBytes};
	});
	known.set(tree, facts);
	return facts;
};

const contentOf = (tree: ImageTree, layer: number) => {
	const entries = tree.layers[layer]?.entries;
	const content = {files: 0, directories: 0, contentBytes: 0};
	for (let entry = 0; entry < (entries?.count ?? 0); entry++) {
		const kind = entries?.kinds[entry];
		if (kind === kindNumber.directory) content.directories += 1;
		else if (kind !== kindNumber.whiteout) content.files += 1;
		if (kind === kindNumber.file) content.contentBytes += entries?.sizes[entry] ?? 0;
	}
	return content;
};

/** The paths that a layer does something to, with what was there before. */
const touchedPaths = (stack: Stack) => {
	const isTouched = new Uint8Array(stack.layers.length);
	const nodes: number[] = [];
	const oldLayers: number[] = [];
	const oldEntries: number[] = [];
	const wereDirectories: boolean[] = [];
	return {
		add(node: number, wasDirectory: boolean): void {
			if (isTouched[node] === 1) return;
			isTouched[node] = 1;
			nodes.push(node);
			oldLayers.push(stack.layers[node] ?? absent);
			oldEntries.push(stack.entries[node] ?? -1);
			wereDirectories.push(wasDirectory);
		},
		clear(): void {
			for (const node of nodes) isTouched[node] = 0;
			for (const list of [nodes, oldLayers, oldEntries, wereDirectories]) list.length = 0;
		},
		counts(tree: ImageTree) {
			const counts = {added: 0, modified: 0, removed: 0};
			nodes.forEach((node, at) => {
				const oldLayer = oldLayers[at] ?? absent;
				const layer = stack.layers[node] ?? absent;
				const isDirectory = layer !== absent && isDirectoryIn(tree, stack, node);
				if (layer === absent) {
					if (oldLayer !== absent && wereDirectories[at] === false) counts.removed += 1;
				} else if (oldLayer === absent) {
					if (!isDirectory) counts.added += 1;
				} else if (!isDirectory || wereDirectories[at] === false) {
					const change = changeBetween(
						tree,
						oldLayer,
						oldEntries[at] ?? -1,
						layer,
						stack.entries[node] ?? -1,
					);
					if (change !== changeNumber.unmodified) counts.modified += 1;
				}
			});
			return counts;
		},
	};
};
