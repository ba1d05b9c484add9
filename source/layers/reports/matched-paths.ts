import type {PathTable} from '../types.ts';

/** The paths of two tables under one numbering: first all of the left, then those that only the right has. */
export type MatchedPaths = {
	readonly left: PathTable;
	readonly right: PathTable;
	readonly count: number;
	/** A parent's number is smaller than its children's on the left; -1 for the root. */
	readonly parents: Int32Array;
	/** The node on the right of each; -1: it has none. The left's has the same number, where that is below its count. */
	readonly rightNodes: Int32Array;
};

const hashOf = (table: PathTable, node: number, parent: number): number => {
	let hash = Math.imul(parent + 1, 0x9e3779b1);
	const end = table.nameStarts[node + 1] ?? 0;
	// FNV-1a over the name.
	for (let at = table.nameStarts[node] ?? 0; at < end; at++)
		hash = Math.imul(hash ^ (table.nameBytes[at] ?? 0), 0x01000193);
	return (hash ^ (hash >>> 15)) >>> 0;
};

const isSameName = (left: PathTable, leftNode: number, right: PathTable, rightNode: number): boolean => {
	const from = left.nameStarts[leftNode] ?? 0;
	const other = right.nameStarts[rightNode] ?? 0;
	const length = (left.nameStarts[leftNode + 1] ?? 0) - from;
	if (length !== (right.nameStarts[rightNode + 1] ?? 0) - other) return false;
	for (let at = 0; at < length; at++)
		if (left.nameBytes[from + at] !== right.nameBytes[other + at]) return false;
	return true;
};

/** An open hash of the left's nodes by parent and name. */
const indexOf = (left: PathTable) => {
	const capacity = 2 ** Math.ceil(Math.log2(Math.max(8, left.count * 2)));
	const slots = new Int32Array(capacity).fill(-1);
	const mask = capacity - 1;
	for (let node = 1; node < left.count; node++) {
		let slot = hashOf(left, node, left.parents[node] ?? 0) & mask;
		while (slots[slot] !== -1) slot = (slot + 1) & mask;
		slots[slot] = node;
	}
	return (right: PathTable, rightNode: number, leftParent: number): number => {
		let slot = hashOf(right, rightNode, leftParent) & mask;
		for (;;) {
			const node = slots[slot] ?? -1;
			if (node === -1) return -1;
			if (left.parents[node] === leftParent && isSameName(left, node, right, rightNode)) return node;
			slot = (slot + 1) & mask;
		}
	};
};

/** Finds which nodes of two tables name the same path; some 100 ns for each. */
export const matchPaths = (left: PathTable, right: PathTable): MatchedPaths => {
	const find = indexOf(left);
	const numbers = new Int32Array(right.count);
	const parents = new Int32Array(left.count + right.count);
	const rightNodes = new Int32Array(left.count + right.count).fill(-1);
	parents.set(left.parents);
	rightNodes[0] = 0;
	let count = left.count;
	for (let node = 1; node < right.count; node++) {
		const parent = numbers[right.parents[node] ?? 0] ?? 0;
		const known = parent < left.count ? find(right, node, parent) : -1;
		const number = known === -1 ? count++ : known;
		numbers[node] = number;
		parents[number] = parent;
		rightNodes[number] = node;
	}
	return {left, right, count, parents: parents.slice(0, count), rightNodes: rightNodes.slice(0, count)};
};
