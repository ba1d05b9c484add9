import {inOneGo, type Steps} from '../steps.ts';
import {type Inode, inode, layerOfInode} from '../tree/entries.ts';
import type {ImageTree} from '../types.ts';
import {type HidingWay, hidingWays} from './copies.ts';
import {type HiddenCopy, hiddenCopySteps} from './hidden-copies.ts';
import {pathReader} from './path-texts.ts';

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

const wastedOf = (copy: HiddenCopy): Wasted => {
	const {layer, hiddenBy, at, bytes} = copy;
	return {layer, hiddenBy, at, bytes, reason: reasonOf(copy)};
};

/**
 * What the layers above the base could do without. Hidden copies of the base stay in the base, whatever is done
 * above; where only their metadata was changed it is the copy above that could be saved.
 */
const wastedAbove = (copies: readonly HiddenCopy[], baseLayers: number): readonly Wasted[] => {
	const above = copies.filter(({layer}) => layer >= baseLayers);
	const wasted = above.map(wastedOf);
	const inBase = copies.filter(({layer, sameAbove}) => layer < baseLayers && sameAbove !== undefined);
	if (inBase.length === 0) return wasted;
	const byPlace = new Map(above.map(copy => [inode(copy.layer, copy.entry), copy]));
	const counted = new Set(byPlace.keys());
	/** A copy that is hidden itself is counted already; the one that the image shows may be another of the same. */
	const shownOf = (from: Inode | undefined): Inode | undefined => {
		let place = from;
		for (let copy = byPlace.get(place ?? -1); copy !== undefined; copy = byPlace.get(place ?? -1))
			place = copy.sameAbove;
		return place;
	};
	for (const {at, bytes, sameAbove} of inBase) {
		const place = shownOf(sameAbove);
		const layer = place === undefined ? -1 : layerOfInode(place);
		if (place === undefined || layer < baseLayers || counted.has(place)) continue;
		counted.add(place);
		wasted.push({layer, hiddenBy: layer, at, bytes, reason: 'metadata'});
	}
	return wasted;
};

type Gathered = {
	readonly layers: number[];
	readonly hiddenBy: number[];
	bytes: number;
	copies: number;
	reason: WasteReason;
	highest: number;
};

/** There are few: most items are one copy. */
const addTo = (numbers: number[], number: number): void => {
	if (!numbers.includes(number)) numbers.push(number);
};

const ascending = (numbers: number[]): readonly number[] => numbers.sort((a, b) => a - b);

const itemsOf = (tree: ImageTree, wasted: readonly Wasted[]): readonly WasteItem[] => {
	const byNode = new Map<number, Gathered>();
	for (const {layer, hiddenBy, at, bytes, reason} of wasted) {
		const item = byNode.get(at) ?? {
			layers: [],
			hiddenBy: [],
			bytes: 0,
			copies: 0,
			reason,
			highest: hiddenBy,
		};
		byNode.set(at, item);
		addTo(item.layers, layer);
		addTo(item.hiddenBy, hiddenBy);
		item.bytes += bytes;
		item.copies += 1;
		if (hiddenBy > item.highest) {
			item.highest = hiddenBy;
			item.reason = reason;
		}
	}
	const pathOf = pathReader(tree.paths);
	return [...byNode]
		.map(([node, {layers, hiddenBy, bytes, copies, reason}]) => ({
			path: pathOf(node),
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
export const wasteOf = (tree: ImageTree, options: WasteOptions = {}): Waste =>
	inOneGo(wasteSteps(tree, options));

/** The same in steps. */
export function* wasteSteps(
	tree: ImageTree,
	{isBaseExcluded = false, baseLayers = 1}: WasteOptions = {},
): Steps<Waste> {
	const copies = yield* hiddenCopySteps(tree);
	yield;
	const ours = wastedAbove(copies, baseLayers);
	const wasted = isBaseExcluded ? ours : copies.map(wastedOf);
	yield;
	const userBytes = storedFrom(tree, baseLayers);
	const storedBytes = isBaseExcluded ? userBytes : storedFrom(tree, 0);
	const [wastedBytes, userWastedBytes] = [sum(wasted), sum(ours)];
	yield;
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
}
