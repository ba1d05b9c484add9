import {type ChangeKind, changeKinds} from '../tree/view.ts';
import {entryKinds, type ImageTree, type LayerEntries} from '../types.ts';
import {type FinalState, finalStateOf} from './final-state.ts';
import {type MatchedPaths, matchPaths} from './matched-paths.ts';

/** Two final file systems under one numbering of paths: columns by node of `paths`. */
export type FileComparison = {
	readonly paths: MatchedPaths;
	/**
	 * 0: neither final image has it; else 1 + the index into `changeKinds`, from left to right: `added` is only on
	 * the right. Of the node itself: a directory whose content differs is `unmodified` when its own facts are the same.
	 */
	readonly changes: Uint8Array;
	/** How many of the paths beneath it differ. */
	readonly changedBelow: Int32Array;
	/** Of a file, once for all its hard links; of a directory the sum beneath it; 0 where it is not. */
	readonly leftBytes: Float64Array;
	readonly rightBytes: Float64Array;
	/** Paths of each kind, directories among them. */
	readonly counts: Readonly<Record<ChangeKind, number>>;
};

/** A side as it is asked for one path. */
type Side = {readonly tree: ImageTree; readonly state: FinalState};

const hardlink = entryKinds.indexOf('hardlink');
const symlink = entryKinds.indexOf('symlink');
const file = entryKinds.indexOf('file');
const directory = entryKinds.indexOf('directory');

type Found = {readonly entries: LayerEntries | undefined; readonly entry: number; readonly kind: number};

const entryOf = ({tree, state}: Side, node: number): Found => {
	const entries = tree.layers[state.layers[node] ?? -1]?.entries;
	const entry = state.entries[node] ?? -1;
	const kind = entries?.kinds[entry] ?? directory;
	return {entries, entry, kind: kind === hardlink ? file : kind};
};

const contentOf = ({tree, state}: Side, node: number): readonly [sizeBytes: number, sum: number] => {
	const entries = tree.layers[state.contentLayers[node] ?? -1]?.entries;
	const entry = state.contentEntries[node] ?? -1;
	return [entries?.sizes[entry] ?? -1, entries?.sums[entry] ?? 0];
};

const targetOf = ({entries, entry}: Found): string => entries?.targets[entries.links[entry] ?? -1] ?? '';

const isSameContent = (left: Side, leftNode: number, right: Side, rightNode: number): boolean => {
	const ours = entryOf(left, leftNode);
	const theirs = entryOf(right, rightNode);
	if (ours.kind !== theirs.kind) return false;
	switch (ours.kind) {
		case directory:
			return true;
		case symlink:
			return targetOf(ours) === targetOf(theirs);
		case file: {
			const [ourSize, ourSum] = contentOf(left, leftNode);
			const [theirSize, theirSum] = contentOf(right, rightNode);
			return ourSize === theirSize && ourSum === theirSum;
		}
		// A device is its numbers.
		default:
			return ours.entries?.sums[ours.entry] === theirs.entries?.sums[theirs.entry];
	}
};

const isSameMetadata = (ours: Found, theirs: Found, isTimeCompared: boolean): boolean => {
	const [left, right] = [ours.entries, theirs.entries];
	// A directory that only its content tells of has nothing that could differ.
	if (left === undefined || right === undefined) return true;
	const columns = ['modes', 'uids', 'gids', 'attributeSums'] as const;
	return (
		columns.every(column => left[column][ours.entry] === right[column][theirs.entry]) &&
		(!isTimeCompared || left.times[ours.entry] === right.times[theirs.entry])
	);
};

/** The change of each path, by what both final images have there. */
const changesOf = (left: Side, right: Side, paths: MatchedPaths, isTimeCompared: boolean): Uint8Array => {
	const changes = new Uint8Array(paths.count);
	const codes = Object.fromEntries(changeKinds.map((kind, index) => [kind, index + 1]));
	const kindOf = (leftNode: number, rightNode: number): ChangeKind => {
		if (!isSameContent(left, leftNode, right, rightNode)) return 'modified';
		const isSame = isSameMetadata(entryOf(left, leftNode), entryOf(right, rightNode), isTimeCompared);
		return isSame ? 'unmodified' : 'metadata';
	};
	for (let node = 0; node < paths.count; node++) {
		const rightNode = paths.rightNodes[node] ?? -1;
		const isLeft = node < paths.left.count && left.state.isThere[node] === 1;
		const isRight = rightNode !== -1 && right.state.isThere[rightNode] === 1;
		if (isLeft && isRight) changes[node] = codes[kindOf(node, rightNode)] ?? 0;
		else if (isLeft) changes[node] = codes.removed ?? 0;
		else if (isRight) changes[node] = codes.added ?? 0;
	}
	return changes;
};

const unmodified = 1 + changeKinds.indexOf('unmodified');

const changedBelow = ({count, parents}: MatchedPaths, changes: Uint8Array): Int32Array => {
	const below = new Int32Array(count);
	for (let node = count - 1; node > 0; node--) {
		const parent = parents[node] ?? 0;
		const isChanged = (changes[node] ?? 0) > unmodified;
		below[parent] = (below[parent] ?? 0) + (below[node] ?? 0) + (isChanged ? 1 : 0);
	}
	return below;
};

const counted = (changes: Uint8Array): Readonly<Record<ChangeKind, number>> => {
	const counts = {unmodified: 0, added: 0, modified: 0, metadata: 0, removed: 0};
	for (const change of changes) {
		const kind = changeKinds[change - 1];
		if (kind !== undefined) counts[kind] += 1;
	}
	return counts;
};

/** @param isTimeCompared another time of modification alone makes a `metadata` of it */
export const compareFiles = (
	leftTree: ImageTree,
	rightTree: ImageTree,
	isTimeCompared: boolean,
): FileComparison => {
	const left = {tree: leftTree, state: finalStateOf(leftTree)};
	const right = {tree: rightTree, state: finalStateOf(rightTree)};
	const paths = matchPaths(leftTree.paths, rightTree.paths);
	const changes = changesOf(left, right, paths, isTimeCompared);
	const leftBytes = new Float64Array(paths.count);
	leftBytes.set(left.state.bytes);
	const rightBytes = new Float64Array(paths.count);
	for (let node = 0; node < paths.count; node++) {
		const rightNode = paths.rightNodes[node] ?? -1;
		if (rightNode !== -1) rightBytes[node] = right.state.bytes[rightNode] ?? 0;
	}
	return {
		paths,
		changes,
		changedBelow: changedBelow(paths, changes),
		leftBytes,
		rightBytes,
		counts: counted(changes),
	};
};

/** What the node has become bigger by. */
export const deltaOf = ({leftBytes, rightBytes}: FileComparison, node: number): number =>
	(rightBytes[node] ?? 0) - (leftBytes[node] ?? 0);
