import {entryKinds, type ImageTree} from '../types.ts';
import {walkCopies} from './copies.ts';
import {createLinkResolver} from './hard-links.ts';

const file = entryKinds.indexOf('file');
const hardlink = entryKinds.indexOf('hardlink');

/** The file system that a container of the image starts with: columns by node of the tree's paths. */
export type FinalState = {
	/** The layer that the node's entry is from; -1 where there is none. */
	readonly layers: Int16Array;
	/** The entry in that layer. */
	readonly entries: Int32Array;
	/** Where a file's content is kept, which for a hard link is another entry; -1 for all else. */
	readonly contentLayers: Int16Array;
	readonly contentEntries: Int32Array;
	/** Of a file, once for all its hard links; of a directory the sum of what is in it. */
	readonly bytes: Float64Array;
	/** 1: the path is there, a directory without an entry of its own too. */
	readonly isThere: Uint8Array;
};

/** What is left when all layers that were read are stacked. */
export const finalStateOf = (tree: ImageTree): FinalState => {
	const {count, parents} = tree.paths;
	const state = {
		layers: new Int16Array(count).fill(-1),
		entries: new Int32Array(count).fill(-1),
		contentLayers: new Int16Array(count).fill(-1),
		contentEntries: new Int32Array(count).fill(-1),
		bytes: new Float64Array(count),
		isThere: new Uint8Array(count),
	};
	walkCopies(tree, (layer, entry, hiddenBy) => {
		const node = hiddenBy === -1 ? tree.layers[layer]?.entries?.nodes[entry] : undefined;
		if (node === undefined) return;
		state.layers[node] = layer;
		state.entries[node] = entry;
		for (let at = node; at >= 0 && state.isThere[at] === 0; at = parents[at] ?? -1) state.isThere[at] = 1;
	});
	addContents(tree, state);
	// A parent's number is smaller than its children's.
	for (let node = count - 1; node > 0; node--) {
		const parent = parents[node] ?? 0;
		state.bytes[parent] = (state.bytes[parent] ?? 0) + (state.bytes[node] ?? 0);
	}
	return state;
};

const addContents = (tree: ImageTree, state: FinalState): void => {
	const contentOf = createLinkResolver(tree);
	// One number for a layer and an entry, which has fewer than 32 bits.
	const counted = new Set<number>();
	const isFirst = (layer: number, entry: number): boolean => {
		const sizeBefore = counted.size;
		return counted.add(layer * 2 ** 32 + entry).size > sizeBefore;
	};
	const linked: number[] = [];
	for (let node = 0; node < tree.paths.count; node++) {
		const layer = state.layers[node] ?? -1;
		const entries = tree.layers[layer]?.entries;
		const entry = state.entries[node] ?? -1;
		const kind = entries?.kinds[entry];
		if (kind === hardlink) linked.push(node);
		if (kind !== file) continue;
		state.contentLayers[node] = layer;
		state.contentEntries[node] = entry;
		state.bytes[node] = entries?.sizes[entry] ?? 0;
	}
	for (const node of linked) {
		const content = contentOf(state.layers[node] ?? -1, state.entries[node] ?? -1);
		if (content === undefined) continue;
		state.contentLayers[node] = content.layer;
		state.contentEntries[node] = content.entry;
		const entries = tree.layers[content.layer]?.entries;
		const home = entries?.nodes[content.entry] ?? 0;
		const isHomeShown = state.layers[home] === content.layer && state.entries[home] === content.entry;
		if (!isHomeShown && isFirst(content.layer, content.entry))
			state.bytes[node] = entries?.sizes[content.entry] ?? 0;
	}
};
