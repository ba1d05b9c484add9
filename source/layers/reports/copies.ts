import type {Steps} from '../steps.ts';
import {kindNumber} from '../tree/entries.ts';
import type {ImageTree, LayerEntries, PathTable} from '../types.ts';

const {directory, whiteout} = kindNumber;

/** How a copy is hidden; `CopyVisitor` is given the index. */
export const hidingWays = [
	/** It is not: the final image shows it. */
	'shown',
	/** The same path has another entry in a higher layer. */
	'overwritten',
	/** A whiteout of the path itself. */
	'deleted',
	/** A whiteout of a directory above it. */
	'deleted-directory',
	/** A directory above it was made anew (opaque), or is something else than a directory now. */
	'replaced-directory',
] as const;
export type HidingWay = (typeof hidingWays)[number];

const ways = {shown: 0, overwritten: 1, deleted: 2, deletedDirectory: 3, replacedDirectory: 4} as const;

/**
 * Takes one entry of one layer, whiteouts aside.
 * @param hiddenBy the lowest layer above that hides it, -1: none
 * @param at the node whose whiteout, mark or entry hides it: its own or a directory's above it
 * @param way index into `hidingWays`
 * @param coverEntry where its own path hides it: the entry of `hiddenBy` there, else -1
 */
export type CopyVisitor = (
	layer: number,
	entry: number,
	hiddenBy: number,
	at: number,
	way: number,
	coverEntry: number,
) => void;

/** What the layers above the one being looked at do to each node; of several layers the lowest. */
type Cover = {
	/** The layer with an entry for the path itself, and the entry. */
	readonly layers: Int16Array;
	readonly entries: Int32Array;
	/** The layer that makes a directory of it only by having something in it. */
	readonly implied: Int16Array;
	/** The layer that hides what is in it, and how. */
	readonly below: Int16Array;
	readonly belowWays: Uint8Array;
};

const coverOf = (count: number): Cover => ({
	layers: new Int16Array(count).fill(-1),
	entries: new Int32Array(count).fill(-1),
	implied: new Int16Array(count).fill(-1),
	below: new Int16Array(count).fill(-1),
	belowWays: new Uint8Array(count),
});

const addLayer = (cover: Cover, paths: PathTable, entries: LayerEntries, layer: number): void => {
	for (let entry = 0; entry < entries.count; entry++) {
		const node = entries.nodes[entry] ?? 0;
		const kind = entries.kinds[entry];
		// The root is a directory, whatever an archive says.
		if (node === 0 && kind !== directory) continue;
		cover.layers[node] = layer;
		cover.entries[node] = entry;
		if (kind !== directory) {
			cover.below[node] = layer;
			cover.belowWays[node] = kind === whiteout ? ways.deletedDirectory : ways.replacedDirectory;
		}
		if (kind === whiteout) continue;
		for (
			let at = paths.parents[node] ?? -1;
			at > 0 && cover.implied[at] !== layer;
			at = paths.parents[at] ?? -1
		)
			cover.implied[at] = layer;
	}
	for (const node of entries.opaque) {
		cover.below[node] = layer;
		cover.belowWays[node] = ways.replacedDirectory;
	}
};

const entriesPerStep = 32_768;

/** Finds the lowest directory-wide hider of what is in a directory; neighbours in a layer share theirs. */
const createAncestry = (cover: Cover, parents: Int32Array) => {
	const found = {parent: -2, layer: -1, node: -1};
	return {
		/** The cover has changed. */
		reset: (): void => {
			found.parent = -2;
		},
		of: (parent: number): {readonly layer: number; readonly node: number} => {
			if (found.parent === parent) return found;
			found.parent = parent;
			found.layer = -1;
			for (let at = parent; at >= 0; at = parents[at] ?? -1) {
				const layer = cover.below[at] ?? -1;
				// Of one layer the topmost directory counts: what is nested in it went with it.
				if (layer !== -1 && (found.layer === -1 || layer <= found.layer)) {
					found.layer = layer;
					found.node = at;
				}
			}
			return found;
		},
	};
};

/**
 * Tells of every entry of every layer that was read whether the final image shows it and what hides it first, from
 * the highest layer to the lowest. A whiteout and an opaque mark hide what lower layers have, nothing of their own.
 */
export function* copySteps(tree: ImageTree, visit: CopyVisitor): Steps<void> {
	const {paths} = tree;
	const cover = coverOf(paths.count);
	const ancestry = createAncestry(cover, paths.parents);
	for (let layer = tree.layers.length - 1; layer >= 0; layer--) {
		const entries = tree.layers[layer]?.entries;
		if (entries === undefined) continue;
		const kindsAbove = (node: number): number =>
			tree.layers[cover.layers[node] ?? -1]?.entries?.kinds[cover.entries[node] ?? -1] ?? -1;
		ancestry.reset();
		for (let entry = 0; entry < entries.count; entry++) {
			if (entry % entriesPerStep === 0) yield;
			const kind = entries.kinds[entry];
			const node = entries.nodes[entry] ?? 0;
			if (kind === whiteout || (node === 0 && kind !== directory)) continue;
			let by = cover.layers[node] ?? -1;
			const implied = kind === directory ? -1 : (cover.implied[node] ?? -1);
			const isImplied = implied !== -1 && (by === -1 || implied < by);
			if (isImplied) by = implied;
			const above = ancestry.of(paths.parents[node] ?? -1);
			if (above.layer !== -1 && (by === -1 || above.layer <= by))
				visit(layer, entry, above.layer, above.node, cover.belowWays[above.node] ?? 0, -1);
			else if (by === -1) visit(layer, entry, -1, node, ways.shown, -1);
			else if (isImplied) visit(layer, entry, by, node, ways.overwritten, -1);
			else if (kindsAbove(node) === whiteout) visit(layer, entry, by, node, ways.deleted, -1);
			else visit(layer, entry, by, node, ways.overwritten, cover.entries[node] ?? -1);
		}
		addLayer(cover, paths, entries, layer);
	}
}
