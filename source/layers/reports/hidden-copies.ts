import type {Steps} from '../steps.ts';
import {
	entryOfInode,
	type Inode,
	inode,
	inodeOf,
	kindNumber,
	layerOfInode,
	noInode,
} from '../tree/entries.ts';
import type {ImageTree} from '../types.ts';
import {copySteps} from './copies.ts';

/** A file's content that a layer stores and the final image does not show under any name. */
export type HiddenCopy = {
	readonly layer: number;
	readonly entry: number;
	/** The lowest layer above that hides it. */
	readonly hiddenBy: number;
	/** The node whose whiteout, mark or entry hides it: the file's own or a directory's above it. */
	readonly at: number;
	/** Index into `hidingWays`. */
	readonly way: number;
	readonly bytes: number;
	/** The copy above it that has the very same content: only mode, owner, time or attributes were changed. */
	readonly sameAbove?: Inode;
};

/** Content that is stored and not shown; empty files store nothing. A hard link is a name of content that is stored once. */
export function* hiddenCopySteps(tree: ImageTree): Steps<readonly HiddenCopy[]> {
	const linked = new Set<Inode>();
	const found: HiddenCopy[] = [];
	const sameContentAbove = (layer: number, entry: number, above: number, aboveEntry: number) => {
		const place = aboveEntry === -1 ? noInode : inodeOf(tree, above, aboveEntry);
		// A link to the copy itself, where the layer above has none of its own.
		if (place === noInode || place === inode(layer, entry)) return undefined;
		const ours = tree.layers[layer]?.entries;
		const theirs = tree.layers[layerOfInode(place)]?.entries;
		const isSame =
			theirs?.kinds[entryOfInode(place)] === kindNumber.file &&
			ours?.sizes[entry] === theirs.sizes[entryOfInode(place)] &&
			ours?.sums[entry] === theirs.sums[entryOfInode(place)];
		return isSame ? place : undefined;
	};
	yield* copySteps(tree, (layer, entry, hiddenBy, at, way, coverEntry) => {
		const entries = tree.layers[layer]?.entries;
		const kind = entries?.kinds[entry];
		if (kind === kindNumber.hardlink && hiddenBy === -1) linked.add(inodeOf(tree, layer, entry));
		const bytes = entries?.sizes[entry] ?? 0;
		if (kind !== kindNumber.file || hiddenBy === -1 || bytes === 0) return;
		const sameAbove = sameContentAbove(layer, entry, hiddenBy, coverEntry);
		const copy = {layer, entry, hiddenBy, at, way, bytes};
		found.push(sameAbove === undefined ? copy : {...copy, sameAbove});
	});
	return found.filter(({layer, entry}) => !linked.has(inode(layer, entry)));
}
