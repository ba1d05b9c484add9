import {changeNumber} from '../tree/compare.ts';
import {entryOfInode, inodeOf, kindNumber, layerOfInode, noInode} from '../tree/entries.ts';
import {type ChangeKind, changeKinds} from '../tree/view.ts';
import type {ImageTree, LayerEntries} from '../types.ts';
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
	/** Of a file its size, by each of its names; of a directory the sum beneath it, hard links once; 0 where it is not. */
	readonly leftBytes: Float64Array;
	readonly rightBytes: Float64Array;
	/** Paths of each kind, directories among them. */
	readonly counts: Readonly<Record<ChangeKind, number>>;
};

/** A side as it is asked for one path. */
type Side = {readonly tree: ImageTree; readonly state: FinalState};

/** What a path is in truth, hard links resolved. */
type Found = {readonly entries: LayerEntries | undefined; readonly entry: number; readonly kind: number};

const foundAt = ({tree, state}: Side, node: number): Found => {
	const layer = state.layers[node] ?? -1;
	if (layer < 0) return {entries: undefined, entry: -1, kind: kindNumber.directory};
	const place = inodeOf(tree, layer, state.entries[node] ?? -1);
	// A link to nothing stays a link.
	if (place === noInode) return {entries: undefined, entry: -1, kind: kindNumber.hardlink};
	const entries = tree.layers[layerOfInode(place)]?.entries;
	const entry = entryOfInode(place);
	return {entries, entry, kind: entries?.kinds[entry] ?? kindNumber.file};
};

const targetOf = ({entries, entry}: Found): string | undefined =>
	entries?.targets[entries.links[entry] ?? -1];

const isSameContent = (ours: Found, theirs: Found): boolean => {
	if (ours.kind !== theirs.kind) return false;
	if (ours.kind === kindNumber.directory) return true;
	if (ours.kind === kindNumber.symlink) return targetOf(ours) === targetOf(theirs);
	return (
		ours.entries?.sizes[ours.entry] === theirs.entries?.sizes[theirs.entry] &&
		ours.entries?.sums[ours.entry] === theirs.entries?.sums[theirs.entry]
	);
};

const isSameMetadata = (ours: Found, theirs: Found, isTimeCompared: boolean): boolean => {
	const [left, right] = [ours.entries, theirs.entries];
	// A directory that only its content tells of has nothing that could differ.
	if (left === undefined || right === undefined) return true;
	const columns = ['modes', 'uids', 'gids', 'attributeSums'] as const;
	return (
		columns.every(column => left[column][ours.entry] === right[column][theirs.entry]) &&
		// A directory's time changes with what is in it.
		(!isTimeCompared ||
			ours.kind === kindNumber.directory ||
			left.times[ours.entry] === right.times[theirs.entry])
	);
};

/** The change of each path, by what both final images have there. */
const changesOf = (left: Side, right: Side, paths: MatchedPaths, isTimeCompared: boolean): Uint8Array => {
	const changes = new Uint8Array(paths.count);
	const changeOf = (ours: Found, theirs: Found): number => {
		if (!isSameContent(ours, theirs)) return changeNumber.modified;
		return isSameMetadata(ours, theirs, isTimeCompared) ? changeNumber.unmodified : changeNumber.metadata;
	};
	for (let node = 0; node < paths.count; node++) {
		const rightNode = paths.rightNodes[node] ?? -1;
		const isLeft = node < paths.left.count && left.state.isThere[node] !== 0;
		const isRight = rightNode !== -1 && right.state.isThere[rightNode] !== 0;
		if (isLeft && isRight) changes[node] = changeOf(foundAt(left, node), foundAt(right, rightNode));
		else if (isLeft) changes[node] = changeNumber.removed;
		else if (isRight) changes[node] = changeNumber.added;
	}
	return changes;
};

const changedBelow = ({count, parents}: MatchedPaths, changes: Uint8Array): Int32Array => {
	const below = new Int32Array(count);
	for (let node = count - 1; node > 0; node--) {
		const parent = parents[node] ?? 0;
		const isChanged = (changes[node] ?? 0) > changeNumber.unmodified;
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
