import {type Inode, inode, layerOfInode} from '../tree/entries.ts';
import {pathOf} from '../tree/paths.ts';
import type {ImageTree} from '../types.ts';
import {type HidingWay, hidingWays} from './copies.ts';
import {type HiddenCopy, hiddenCopiesOf} from './hidden-copies.ts';

/** `metadata`: the copy above has the same content; only mode, owner, time or attributes were changed. */
export type WasteReason = Exclude<HidingWay, 'shown'> | 'metadata';

/** Copies that are stored under one path, or in one directory that went as a whole, and that nobody sees. */
export type WasteItem = {
	/** Latin1. Of a directory that was deleted or replaced its own. */
	readonly path: string;
	/** The layers that store a copy of no use, the lowest first. */
	readonly layers: readonly number[];
	/** The layers that hide them, the lowest first. */
	readonly hiddenBy: readonly number[];
	/** What they take together. */
	readonly bytes: number;
	/** Files, counted once for each layer that stores one. */
	readonly copies: number;
	/** Why the highest of them is of no use. */
	readonly reason: WasteReason;
};

export type Waste = {
	/** The part of the stored bytes that the final image shows, 0 to 1; 1 where nothing is stored. */
	readonly efficiency: number;
	readonly wastedBytes: number;
	/** What the layers that were looked at store in files. */
	readonly storedBytes: number;
	/** What the layers above the base store. */
	readonly userBytes: number;
	/** What is wasted of that. */
	readonly userWastedBytes: number;
	/** `userWastedBytes` ÷ `userBytes`, 0 to 1; 0 where nothing is stored. */
	readonly userWastedShare: number;
	/** So many of the lowest layers are the base. */
	readonly baseLayers: number;
	/** The most bytes first. */
	readonly items: readonly WasteItem[];
};

export type WasteOptions = {
	/** Only what the layers above the base store is looked at. */
	readonly isBaseExcluded?: boolean;
	/** How many layers the FROM image has; 1 where it is not known, as no image tells. */
	readonly baseLayers?: number;
};

/** A copy of no use, as it is counted. */
type Wasted = Pick<HiddenCopy, 'layer' | 'hiddenBy' | 'at' | 'bytes'> & {readonly reason: WasteReason};

const reasonOf = ({way, sameAbove}: HiddenCopy): WasteReason => {
	const named = hidingWays[way];
	return named === undefined || named === 'shown' || sameAbove !== undefined ? 'metadata' : named;
};

/**
 * What the layers above the base could do without. Hidden copies of the base stay in the base, whatever is done
 * above; where only their metadata was changed it is the copy above that could be saved.
 */
const wastedAbove = (copies: readonly HiddenCopy[], baseLayers: number): readonly Wasted[] => {
	const above = copies.filter(({layer}) => layer >= baseLayers);
	const byPlace = new Map(above.map(copy => [inode(copy.layer, copy.entry), copy]));
	const counted = new Set(byPlace.keys());
	/** A copy that is hidden itself is counted already; the one that the image shows may be another of the same. */
	const shownOf = (from: Inode | undefined): Inode | undefined => {
		let place = from;
		for (let copy = byPlace.get(place ?? -1); copy !== undefined; copy = byPlace.get(place ?? -1))
			place = copy.sameAbove;
		return place;
	};
	const needless = copies.flatMap((copy): readonly Wasted[] => {
		const place = copy.layer < baseLayers ? shownOf(copy.sameAbove) : undefined;
		if (place === undefined || layerOfInode(place) < baseLayers || counted.has(place)) return [];
		counted.add(place);
		return [{...copy, layer: layerOfInode(place), hiddenBy: layerOfInode(place), reason: 'metadata'}];
	});
	return [...above.map(copy => ({...copy, reason: reasonOf(copy)})), ...needless];
};

type Gathered = {
	readonly layers: Set<number>;
	readonly hiddenBy: Set<number>;
	bytes: number;
	copies: number;
	reason: WasteReason;
	highest: number;
};

const ascending = (numbers: ReadonlySet<number>): readonly number[] => [...numbers].toSorted((a, b) => a - b);

const itemsOf = (tree: ImageTree, wasted: readonly Wasted[]): readonly WasteItem[] => {
	const byNode = new Map<number, Gathered>();
	for (const {layer, hiddenBy, at, bytes, reason} of wasted) {
		const item = byNode.get(at) ?? {
			layers: new Set(),
			hiddenBy: new Set(),
			bytes: 0,
			copies: 0,
			reason,
			highest: hiddenBy,
		};
		byNode.set(at, item);
		item.layers.add(layer);
		item.hiddenBy.add(hiddenBy);
		item.bytes += bytes;
		item.copies += 1;
		if (hiddenBy > item.highest) {
			item.highest = hiddenBy;
			item.reason = reason;
		}
	}
	return [...byNode]
		.map(([node, {layers, hiddenBy, bytes, copies, reason}]) => ({
			path: pathOf(tree.paths, node),
			layers: ascending(layers),
			hiddenBy: ascending(hiddenBy),
			bytes,
			copies,
			reason,
		}))
		.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
};

const sum = (wasted: readonly {readonly bytes: number}[]): number =>
	wasted.reduce((total, {bytes}) => total + bytes, 0);

/** What the files of these layers take, as they are stored. */
const storedFrom = (tree: ImageTree, lowest: number): number =>
	tree.layers.slice(lowest).reduce((total, {entries}) => {
		let bytes = total;
		for (const size of entries?.sizes ?? []) bytes += size;
		return bytes;
	}, 0);

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * Bytes that are stored and that the final image does not show: copies that were overwritten or deleted, what was in
 * directories that were deleted or replaced (as one item), copies of which only the metadata was changed. The copy
 * that the image needs is never counted, content with several hard links once.
 */
export const wasteOf = (
	tree: ImageTree,
	{isBaseExcluded = false, baseLayers = 1}: WasteOptions = {},
): Waste => {
	const copies = hiddenCopiesOf(tree);
	const ours = wastedAbove(copies, baseLayers);
	const wasted = isBaseExcluded ? ours : copies.map(copy => ({...copy, reason: reasonOf(copy)}));
	const userBytes = storedFrom(tree, baseLayers);
	const storedBytes = isBaseExcluded ? userBytes : storedFrom(tree, 0);
	const [wastedBytes, userWastedBytes] = [sum(wasted), sum(ours)];
	return {
		efficiency: storedBytes === 0 ? 1 : (storedBytes - wastedBytes) / storedBytes,
		wastedBytes,
		storedBytes,
		userBytes,
		userWastedBytes,
		userWastedShare: share(userWastedBytes, userBytes),
		baseLayers: Math.min(baseLayers, tree.layers.length),
		items: itemsOf(tree, wasted),
	};
};
