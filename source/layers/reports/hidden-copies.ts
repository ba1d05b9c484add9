import {entryKinds, type ImageTree} from '../types.ts';
import {walkCopies} from './copies.ts';
import {createLinkResolver, type EntryPlace} from './hard-links.ts';

const file = entryKinds.indexOf('file');
const hardlink = entryKinds.indexOf('hardlink');

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
	readonly sameAbove?: EntryPlace;
};

/** A layer and an entry as one number; an entry has fewer than 32 bits. */
export const placeKey = (layer: number, entry: number): number => layer * 2 ** 32 + entry;

/** Content that is stored and not shown; empty files store nothing. A hard link is a name of content that is stored once. */
export const hiddenCopiesOf = (tree: ImageTree): readonly HiddenCopy[] => {
	const contentOf = createLinkResolver(tree);
	const linked = new Set<number>();
	const found: HiddenCopy[] = [];
	const sameContentAbove = (layer: number, entry: number, above: number, aboveEntry: number) => {
		const place = aboveEntry === -1 ? undefined : contentOf(above, aboveEntry);
		const ours = tree.layers[layer]?.entries;
		const theirs = tree.layers[place?.layer ?? -1]?.entries;
		if (place === undefined || ours === undefined || theirs === undefined) return undefined;
		// A link to the copy itself, where the layer above has none of its own.
		if (place.layer === layer) return undefined;
		return ours.sizes[entry] === theirs.sizes[place.entry] && ours.sums[entry] === theirs.sums[place.entry]
			? place
			: undefined;
	};
	walkCopies(tree, (layer, entry, hiddenBy, at, way, coverEntry) => {
		const entries = tree.layers[layer]?.entries;
		const kind = entries?.kinds[entry];
		if (kind === hardlink && hiddenBy === -1) {
			const content = contentOf(layer, entry);
			if (content !== undefined) linked.add(placeKey(content.layer, content.entry));
		}
		const bytes = entries?.sizes[entry] ?? 0;
		if (kind !== file || hiddenBy === -1 || bytes === 0) return;
		const sameAbove = sameContentAbove(layer, entry, hiddenBy, coverEntry);
		const copy = {layer, entry, hiddenBy, at, way, bytes};
		found.push(sameAbove === undefined ? copy : {...copy, sameAbove});
	});
	return found.filter(({layer, entry}) => !linked.has(placeKey(layer, entry)));
};
