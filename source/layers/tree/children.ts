import type {PathTable} from '../types.ts';

/** Each directory's children: those of `node` are `children[starts[node]] … children[starts[node + 1] - 1]`. */
export type ChildIndex = {
	readonly starts: Int32Array;
	readonly children: Int32Array;
	/** 1: the children of this node are sorted by name. */
	readonly sorted: Uint8Array;
};

const indexes = new WeakMap<PathTable, ChildIndex>();

export const childIndex = (paths: PathTable): ChildIndex => {
	const known = indexes.get(paths);
	if (known !== undefined) return known;
	const {count, parents} = paths;
	const starts = new Int32Array(count + 1);
	for (let node = 1; node < count; node++) {
		const parent = parents[node] ?? 0;
		starts[parent + 1] = (starts[parent + 1] ?? 0) + 1;
	}
	for (let node = 0; node < count; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
	const children = new Int32Array(Math.max(0, count - 1));
	const next = starts.slice(0, count);
	for (let node = 1; node < count; node++) {
		const parent = parents[node] ?? 0;
		const at = next[parent] ?? 0;
		children[at] = node;
		next[parent] = at + 1;
	}
	const index = {starts, children, sorted: new Uint8Array(count)};
	indexes.set(paths, index);
	return index;
};

/** By bytes, as `LC_ALL=C ls`. */
const compareNames = ({nameStarts, nameBytes}: PathTable, left: number, right: number): number => {
	const leftStart = nameStarts[left] ?? 0;
	const rightStart = nameStarts[right] ?? 0;
	const leftLength = (nameStarts[left + 1] ?? 0) - leftStart;
	const rightLength = (nameStarts[right + 1] ?? 0) - rightStart;
	const length = Math.min(leftLength, rightLength);
	for (let at = 0; at < length; at++) {
		const difference = (nameBytes[leftStart + at] ?? 0) - (nameBytes[rightStart + at] ?? 0);
		if (difference !== 0) return difference;
	}
	return leftLength - rightLength;
};

/** A directory's children by name, each directory sorted when it is first asked for. A part of the index: not to be changed. */
export const childrenByName = (paths: PathTable, node: number): Int32Array => {
	const {starts, children, sorted} = childIndex(paths);
	const found = children.subarray(starts[node] ?? 0, starts[node + 1] ?? 0);
	if (sorted[node] === 0) {
		// An engine packs its directories in this order.
		if (!areInOrder(paths, found)) found.sort((left, right) => compareNames(paths, left, right));
		sorted[node] = 1;
	}
	return found;
};

const areInOrder = (paths: PathTable, nodes: Int32Array): boolean => {
	for (let at = 1; at < nodes.length; at++)
		if (compareNames(paths, nodes[at - 1] ?? 0, nodes[at] ?? 0) > 0) return false;
	return true;
};
