import {kindNumber} from '../tree/entries.ts';
import {pathOf} from '../tree/paths.ts';
import type {ImageTree, LayerEntries} from '../types.ts';
import {pathReader} from './path-texts.ts';

const {directory, whiteout} = kindNumber;

/** A path that more than one layer has: dive's "inefficient file". */
export type DiveItem = {
	/** Latin1. */
	readonly path: string;
	/** The layers that name it, whiteouts too. */
	readonly layers: readonly number[];
	/** What all of them store there, the copy that is needed too. */
	readonly bytes: number;
};

/** Figures as dive 0.13 has them. */
export type DiveReport = {
	/** Σ of the smallest size of each path ÷ Σ of all sizes, 0 to 1; 1 where that is 0. */
	readonly efficiency: number;
	readonly wastedBytes: number;
	/** What all layers but the lowest store. */
	readonly userBytes: number;
	/** `wastedBytes` ÷ `userBytes`, more than 1 where the base is deleted; 0 ÷ 0 is 0 here and x ÷ 0 is 1. */
	readonly wastedUserPercent: number;
	/** The most bytes first. */
	readonly items: readonly DiveItem[];
};

/** What dive keeps of the layers below: sizes by node, -1 where nothing is; directories by a mark. */
type Stack = {readonly sizes: Float64Array; readonly isDirectory: Uint8Array};

/** The name by which dive sorts: a whiteout is a file of its own name. Components are parted by the lowest character. */
const visitKey = (tree: ImageTree, node: number, isWhiteout: boolean): string => {
	const path = pathOf(tree.paths, node);
	const at = path.lastIndexOf('/') + 1;
	return `${path.slice(0, at)}${isWhiteout ? '.wh.' : ''}${path.slice(at)}`.replaceAll('/', '\0');
};

/** 1 at each node that has something in it in this layer. */
const branchesOf = (tree: ImageTree, entries: LayerEntries, marks: Int16Array, layer: number): void => {
	const {parents} = tree.paths;
	const mark = (node: number): void => {
		for (let at = parents[node] ?? -1; at >= 0 && marks[at] !== layer; at = parents[at] ?? -1)
			marks[at] = layer;
	};
	for (const node of entries.nodes) mark(node);
};

/** 1 at each node beneath one of these, and at these. */
const subtreeOf = (tree: ImageTree, roots: readonly number[]): Uint8Array => {
	const inside = new Uint8Array(tree.paths.count);
	for (const node of roots) inside[node] = 1;
	const {parents, count} = tree.paths;
	for (let node = 1; node < count; node++) if (inside[parents[node] ?? 0] === 1) inside[node] = 1;
	return inside;
};

/** Sizes of what is in each of these directories below, by node. */
const sumsOf = (tree: ImageTree, stack: Stack): Float64Array => {
	const sums = new Float64Array(tree.paths.count);
	for (let node = tree.paths.count - 1; node > 0; node--) {
		const own = Math.max(0, stack.sizes[node] ?? 0);
		const parent = tree.paths.parents[node] ?? 0;
		sums[node] = (sums[node] ?? 0) + own;
		sums[parent] = (sums[parent] ?? 0) + (sums[node] ?? 0);
	}
	return sums;
};

/** Puts a layer on the stack as dive does: opaque marks are unknown to it, and a file keeps what was in the directory. */
const stackLayer = (tree: ImageTree, entries: LayerEntries, stack: Stack): void => {
	const gone: number[] = [];
	for (let entry = 0; entry < entries.count; entry++)
		if (entries.kinds[entry] === whiteout) gone.push(entries.nodes[entry] ?? 0);
	if (gone.length > 0) {
		const inside = subtreeOf(tree, gone);
		for (let node = 0; node < tree.paths.count; node++) if (inside[node] === 1) stack.sizes[node] = -1;
	}
	for (let entry = 0; entry < entries.count; entry++) {
		const node = entries.nodes[entry] ?? 0;
		const kind = entries.kinds[entry];
		if (kind === whiteout) continue;
		stack.sizes[node] = entries.sizes[entry] ?? 0;
		stack.isDirectory[node] = kind === directory ? 1 : 0;
		for (
			let at = tree.paths.parents[node] ?? -1;
			at >= 0 && stack.sizes[at] === -1;
			at = tree.paths.parents[at] ?? -1
		) {
			// It makes such a directory, but does not know it for one.
			stack.sizes[at] = 0;
			stack.isDirectory[at] = 0;
		}
	}
};

/** What was found of each path: columns by node. */
const createDiscovery = (count: number) => {
	const smallest = new Float64Array(count);
	const sums = new Float64Array(count);
	const first = new Int16Array(count).fill(-1);
	const several = new Map<number, number[]>();
	return {
		smallest,
		sums,
		/** The layers of those paths that more than one has. */
		several,
		add(node: number, layer: number, size: number): void {
			const before = first[node] ?? -1;
			sums[node] = (sums[node] ?? 0) + size;
			smallest[node] = before === -1 ? size : Math.min(smallest[node] ?? 0, size);
			if (before === -1) first[node] = layer;
			else if (several.has(node)) several.get(node)?.push(layer);
			else several.set(node, [before, layer]);
		},
	};
};
type Discovery = ReturnType<typeof createDiscovery>;

/** Leaves of a layer up to the first whiteout of something that is not there, where dive leaves the layer. */
const leavesOf = (
	tree: ImageTree,
	entries: LayerEntries,
	isLeaf: (node: number) => boolean,
	stack: Stack,
) => {
	const leaves: {readonly entry: number; readonly node: number; readonly isWhiteout: boolean}[] = [];
	let end: string | undefined;
	for (let entry = 0; entry < entries.count; entry++) {
		const node = entries.nodes[entry] ?? 0;
		if (node === 0 || !isLeaf(node)) continue;
		const isWhiteout = entries.kinds[entry] === whiteout;
		leaves.push({entry, node, isWhiteout});
		if (!isWhiteout || stack.sizes[node] !== -1) continue;
		const key = visitKey(tree, node, true);
		if (end === undefined || key < end) end = key;
	}
	if (end === undefined) return leaves;
	const stop = end;
	return leaves.filter(({node, isWhiteout}) => visitKey(tree, node, isWhiteout) < stop);
};

/**
 * What dive says of an image, with its own definitions: only paths without anything beneath them in their layer
 * count, a deleted file as a copy of 0 bytes, a deleted directory as what was in it, opaque marks not at all.
 * Source: github.com/wagoodman/dive `dive/filetree/efficiency.go`, `dive/image/analysis.go`.
 */
export const diveReportOf = (tree: ImageTree): DiveReport => {
	const {count} = tree.paths;
	const stack = {sizes: new Float64Array(count).fill(-1), isDirectory: new Uint8Array(count)};
	const marks = new Int16Array(count).fill(-1);
	const found = createDiscovery(count);
	let userBytes = 0;
	for (const [layer, {entries, contentBytes}] of tree.layers.entries()) {
		if (entries === undefined) continue;
		if (layer > 0) userBytes += contentBytes ?? 0;
		branchesOf(tree, entries, marks, layer);
		let sums: Float64Array | undefined;
		for (const {entry, node, isWhiteout} of leavesOf(tree, entries, at => marks[at] !== layer, stack)) {
			sums ??= isWhiteout ? sumsOf(tree, stack) : undefined;
			const held = stack.isDirectory[node] === 1 ? (sums?.[node] ?? 0) : 0;
			const size = isWhiteout ? held : (entries.sizes[entry] ?? 0);
			found.add(node, layer, size);
		}
		stackLayer(tree, entries, stack);
	}
	return {...figuresOf(found, userBytes), items: itemsOf(tree, found)};
};

const total = (numbers: Iterable<number>): number => {
	let sum = 0;
	for (const number of numbers) sum += number;
	return sum;
};

const figuresOf = ({smallest, sums, several}: Discovery, userBytes: number) => {
	const sum = total(sums);
	const wastedBytes = total(several.keys().map(node => sums[node] ?? 0));
	return {
		efficiency: sum === 0 ? 1 : total(smallest) / sum,
		wastedBytes,
		userBytes,
		wastedUserPercent: userBytes === 0 ? Math.min(1, wastedBytes) : wastedBytes / userBytes,
	};
};

const itemsOf = ({paths}: ImageTree, {several, sums}: Discovery): readonly DiveItem[] => {
	const pathOf = pathReader(paths);
	return [...several]
		.map(([node, layers]) => ({path: pathOf(node), layers, bytes: sums[node] ?? 0}))
		.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
};
