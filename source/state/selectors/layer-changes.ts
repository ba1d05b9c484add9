import {changeBetween, changeNumber} from '../../layers/tree/compare.ts';
import {absent, addLayer, emptyStack, isDirectoryIn, type Stack} from '../../layers/tree/stack.ts';
import type {ImageTree, LayerEntries} from '../../layers/types.ts';
import type {LayerChanges} from '../../resources/layers.ts';

/** What was summed up last: the layers of an image come one by one, and each is looked at once. */
type Memory = {
	readonly tree: ImageTree;
	readonly stack: Stack;
	readonly entries: readonly LayerEntries[];
	readonly changes: readonly LayerChanges[];
};

let memory: Memory | undefined;

const grown = (stack: Stack, count: number): Stack => {
	if (stack.layers.length >= count) return stack;
	const next = emptyStack(count);
	next.layers.set(stack.layers);
	next.entries.set(stack.entries);
	return next;
};

/** Puts a layer on the stack and counts what that does to paths that are no directories. */
const changesOf = (tree: ImageTree, stack: Stack, layer: number): LayerChanges => {
	const before = new Map<
		number,
		{readonly layer: number; readonly entry: number; readonly isFile: boolean}
	>();
	addLayer(tree, stack, layer, node => {
		if (before.has(node)) return;
		const from = stack.layers[node] ?? absent;
		const isFile = from !== absent && !isDirectoryIn(tree, stack, node);
		before.set(node, {layer: from, entry: stack.entries[node] ?? -1, isFile});
	});
	let [added, modified, metadata, removed] = [0, 0, 0, 0];
	for (const [node, old] of before) {
		const from = stack.layers[node] ?? absent;
		const isFile = from !== absent && !isDirectoryIn(tree, stack, node);
		if (!isFile) {
			if (old.isFile) removed += 1;
			continue;
		}
		if (!old.isFile) {
			added += 1;
			continue;
		}
		const change = changeBetween(tree, old.layer, old.entry, from, stack.entries[node] ?? -1);
		if (change === changeNumber.modified) modified += 1;
		else if (change === changeNumber.metadata) metadata += 1;
	}
	return {added, modified, metadata, removed};
};

/** No image is open: what was counted is of no use. */
export const forgetChanges = (): void => {
	memory = undefined;
};

const isPrefix = (known: Memory, read: readonly LayerEntries[], tree: ImageTree): boolean =>
	known.entries.length <= read.length &&
	known.tree.paths.count <= tree.paths.count &&
	known.entries.every((entries, index) => entries === read[index]);

/** The entries of the layers from the lowest on, up to the first that is still to come. */
const readSoFar = ({layers}: ImageTree): readonly LayerEntries[] => {
	const read: LayerEntries[] = [];
	for (const {entries} of layers) {
		if (entries === undefined) break;
		read.push(entries);
	}
	return read;
};

/**
 * How many paths each layer changed against those below it, directories not counted; of the layers from the lowest
 * on, up to the first that is still to come.
 */
export const layerChanges = (tree: ImageTree): readonly LayerChanges[] => {
	if (memory?.tree === tree) return memory.changes;
	const read = readSoFar(tree);
	const known = memory !== undefined && isPrefix(memory, read, tree) ? memory : undefined;
	const stack = known === undefined ? emptyStack(tree.paths.count) : grown(known.stack, tree.paths.count);
	const changes = [...(known?.changes ?? [])];
	for (let layer = changes.length; layer < read.length; layer++) changes.push(changesOf(tree, stack, layer));
	memory = {tree, stack, entries: read, changes};
	return changes;
};
