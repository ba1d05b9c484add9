import {entryKinds, type ImageTree} from '../types.ts';
import {entryOfInode, type Inode, inodeOf, kindNumber, layerOfInode, noInode} from './entries.ts';
import {implied} from './stack.ts';
import {changeKinds} from './view.ts';

/** The numbers that stand in `TreeView.changes`. */
export const changeNumber = {
	unmodified: 1 + changeKinds.indexOf('unmodified'),
	added: 1 + changeKinds.indexOf('added'),
	modified: 1 + changeKinds.indexOf('modified'),
	metadata: 1 + changeKinds.indexOf('metadata'),
	removed: 1 + changeKinds.indexOf('removed'),
} as const;

/** What a directory has that no entry tells of, as it is made by whatever unpacks it. */
export const impliedMode = 0o755;

const {file, directory, symlink} = kindNumber;
const hasDeviceNumbers = new Set([
	entryKinds.indexOf('character-device'),
	entryKinds.indexOf('block-device'),
]);

/**
 * What became of a path that was there before and still is.
 * @returns one of `changeNumber`
 */
export const changeBetween = (
	tree: ImageTree,
	oldLayer: number,
	oldEntry: number,
	newLayer: number,
	newEntry: number,
): number => {
	if (oldLayer === newLayer && oldEntry === newEntry) return changeNumber.unmodified;
	const before = oldLayer === implied ? noInode : inodeOf(tree, oldLayer, oldEntry);
	const after = newLayer === implied ? noInode : inodeOf(tree, newLayer, newEntry);
	if (before === after) return changeNumber.unmodified;
	const kind = kindIn(tree, before, oldLayer);
	if (kind !== kindIn(tree, after, newLayer) || hasOtherContent(tree, kind, before, after))
		return changeNumber.modified;
	return hasOtherMetadata(tree, kind, before, after) ? changeNumber.metadata : changeNumber.unmodified;
};

const entriesOf = (tree: ImageTree, of: Inode) => tree.layers[layerOfInode(of)]?.entries;

/** A link to nothing stays a link; a directory that is implied is one. */
const kindIn = (tree: ImageTree, of: Inode, layer: number): number => {
	if (layer === implied) return directory;
	return of === noInode ? kindNumber.hardlink : (entriesOf(tree, of)?.kinds[entryOfInode(of)] ?? file);
};

const hasOtherContent = (tree: ImageTree, kind: number, before: Inode, after: Inode): boolean => {
	const old = entriesOf(tree, before);
	const next = entriesOf(tree, after);
	const oldEntry = entryOfInode(before);
	const newEntry = entryOfInode(after);
	if (kind === file)
		return old?.sizes[oldEntry] !== next?.sizes[newEntry] || old?.sums[oldEntry] !== next?.sums[newEntry];
	if (kind === symlink)
		return old?.targets[old.links[oldEntry] ?? -1] !== next?.targets[next.links[newEntry] ?? -1];
	return hasDeviceNumbers.has(kind) && old?.sums[oldEntry] !== next?.sums[newEntry];
};

const hasOtherMetadata = (tree: ImageTree, kind: number, before: Inode, after: Inode): boolean => {
	const old = entriesOf(tree, before);
	const next = entriesOf(tree, after);
	const oldEntry = entryOfInode(before);
	const newEntry = entryOfInode(after);
	return (
		(old?.modes[oldEntry] ?? impliedMode) !== (next?.modes[newEntry] ?? impliedMode) ||
		(old?.uids[oldEntry] ?? 0) !== (next?.uids[newEntry] ?? 0) ||
		(old?.gids[oldEntry] ?? 0) !== (next?.gids[newEntry] ?? 0) ||
		(old?.attributeSums[oldEntry] ?? 0) !== (next?.attributeSums[newEntry] ?? 0) ||
		// A directory's time changes with what is in it.
		(kind !== directory && old?.times[oldEntry] !== next?.times[newEntry])
	);
};
