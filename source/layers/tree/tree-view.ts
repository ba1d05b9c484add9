import {inOneGo, type Steps} from '../steps.ts';
import type {ImageTree} from '../types.ts';
import {changeBetween, changeNumber} from './compare.ts';
import {viewSizes} from './sizes.ts';
import {absent, addLayer, copiedStack, emptyStack, isDirectoryIn, type Stack} from './stack.ts';
import type {TreeView, ViewChoice} from './view.ts';

/** The file system up to a layer, against the one it is compared with. Layers that were not read yet change nothing. */
export const createTreeView = (tree: ImageTree, choice: ViewChoice): TreeView =>
	inOneGo(treeViewSteps(tree, choice));

/** The same in steps that take a few milliseconds each. */
export function* treeViewSteps(tree: ImageTree, choice: ViewChoice): Steps<TreeView> {
	const base = choice.isCumulative ? 0 : choice.layer - 1;
	const below = yield* stackUpTo(tree, base, {layer: -1, copy: () => emptyStack(tree.paths.count)});
	const above = yield* stackUpTo(tree, choice.layer, {layer: base, copy: () => copiedStack(below)});
	const kept = copiedStack(above);
	lastStacks.set(tree, {layer: choice.layer, copy: () => copiedStack(kept)});
	const own = ownChanges(tree, below, above);
	yield;
	const changes = mergedChanges(tree, above, own);
	yield;
	const {layers, entries} = withRemoved(below, above);
	yield;
	const sizes = viewSizes(tree, {own, layers, entries});
	return {tree, choice, own, changes, layers, entries, sizes};
}

type StackUpTo = {readonly layer: number; readonly copy: () => Stack};

/** Of the last view of each tree: the next is mostly the layer above it, or the same layer against another. */
const lastStacks = new WeakMap<ImageTree, StackUpTo>();

/** @param start one to begin with, where the last view's is not nearer */
function* stackUpTo(tree: ImageTree, layer: number, start: StackUpTo): Steps<Stack> {
	const last = lastStacks.get(tree);
	const nearest = last !== undefined && last.layer > start.layer && last.layer <= layer ? last : start;
	const stack = nearest.copy();
	for (let next = nearest.layer + 1; next <= layer; next++) {
		addLayer(tree, stack, next);
		yield;
	}
	return stack;
}

const ownChanges = (tree: ImageTree, below: Stack, above: Stack): Uint8Array => {
	const {count} = tree.paths;
	const {unmodified, added, removed} = changeNumber;
	const own = new Uint8Array(count);
	for (let node = 0; node < count; node++) {
		const oldLayer = below.layers[node] ?? absent;
		const newLayer = above.layers[node] ?? absent;
		const oldEntry = below.entries[node] ?? -1;
		const newEntry = above.entries[node] ?? -1;
		if (oldLayer === newLayer && oldEntry === newEntry) own[node] = oldLayer === absent ? 0 : unmodified;
		else if (oldLayer === absent) own[node] = added;
		else if (newLayer === absent) own[node] = removed;
		else own[node] = changeBetween(tree, oldLayer, oldEntry, newLayer, newEntry);
	}
	return own;
};

/** Children have higher numbers than their directory: backwards, each is done before the directory it counts for. */
const mergedChanges = (tree: ImageTree, above: Stack, own: Uint8Array): Uint8Array => {
	const {parents, count} = tree.paths;
	const {removed} = changeNumber;
	const changes = own.slice();
	const kindsBeneath = new Uint8Array(count);
	for (let node = count - 1; node >= 0; node--) {
		const self = own[node] ?? 0;
		if (self === 0) continue;
		const beneath = kindsBeneath[node] ?? 0;
		const merged =
			beneath === 0 || (self !== removed && !isDirectoryIn(tree, above, node)) ? self : common(self, beneath);
		changes[node] = merged;
		const parent = parents[node] ?? -1;
		if (parent >= 0) kindsBeneath[parent] = (kindsBeneath[parent] ?? 0) | (1 << merged);
	}
	return changes;
};

const common = (self: number, beneath: number): number => {
	const all = beneath | (1 << self);
	if (all === 1 << self) return self;
	const harmless = (1 << changeNumber.unmodified) | (1 << changeNumber.metadata);
	return (all & ~harmless) === 0 ? changeNumber.metadata : changeNumber.modified;
};

/** What is there, and of what is not what was. */
const withRemoved = (below: Stack, {layers, entries}: Stack): Stack => {
	for (let node = 0; node < layers.length; node++) {
		if (layers[node] !== absent) continue;
		layers[node] = Math.max(-1, below.layers[node] ?? -1);
		entries[node] = below.entries[node] ?? -1;
	}
	return {layers, entries};
};
