import {entryKinds, type ImageTree} from '../types.ts';

const file = entryKinds.indexOf('file');
const hardlink = entryKinds.indexOf('hardlink');

/** A layer and one of its entries. */
export type EntryPlace = {readonly layer: number; readonly entry: number};

/** A link to a link to a link: no archive of a file system has that, a damaged one may go in circles. */
const maximumSteps = 8;

/**
 * Finds the entry that holds the content of a hard link: in the same layer, else in the nearest one below.
 * `undefined` where there is none. Of entries that are no hard links it is themselves.
 */
export const createLinkResolver = (
	tree: ImageTree,
): ((layer: number, entry: number) => EntryPlace | undefined) => {
	const indexes = new Map<number, ReadonlyMap<number, number>>();
	const indexOf = (layer: number): ReadonlyMap<number, number> => {
		const known = indexes.get(layer);
		if (known !== undefined) return known;
		const made = new Map<number, number>();
		const entries = tree.layers[layer]?.entries;
		for (let entry = 0; entry < (entries?.count ?? 0); entry++) made.set(entries?.nodes[entry] ?? 0, entry);
		indexes.set(layer, made);
		return made;
	};
	const find = (from: number, node: number): EntryPlace | undefined => {
		for (let layer = from; layer >= 0; layer--) {
			const entry = indexOf(layer).get(node);
			if (entry !== undefined) return {layer, entry};
		}
		return undefined;
	};
	return (layer, entry) => {
		let place: EntryPlace | undefined = {layer, entry};
		for (let step = 0; step < maximumSteps && place !== undefined; step++) {
			const entries: ImageTree['layers'][number]['entries'] = tree.layers[place.layer]?.entries;
			const kind = entries?.kinds[place.entry];
			if (kind !== hardlink) return kind === file ? place : undefined;
			const target = entries?.links[place.entry] ?? -1;
			// A link to its own path can only mean the copy below.
			const isOwn = target === entries?.nodes[place.entry];
			place = find(isOwn ? place.layer - 1 : place.layer, target);
		}
		return undefined;
	};
};
