import type {ImageLayer} from '../types.ts';

/** Layers by what they hold (their diffId), as indexes into each image's layers. */
export type LayerComparison = {
	/** So many of the lowest layers are the same in both: what was built on is shared. */
	readonly commonPrefix: number;
	/** Layers that both have, wherever they lie; a layer that comes twice is paired twice at most. */
	readonly common: readonly {readonly left: number; readonly right: number}[];
	readonly onlyLeft: readonly number[];
	readonly onlyRight: readonly number[];
};

const prefixOf = (left: readonly ImageLayer[], right: readonly ImageLayer[]): number => {
	let length = 0;
	while (length < left.length && left[length]?.diffId === right[length]?.diffId) length += 1;
	return length;
};

export const compareLayers = (left: readonly ImageLayer[], right: readonly ImageLayer[]): LayerComparison => {
	const places = new Map<string, number[]>();
	for (const [index, {diffId}] of right.entries()) places.set(diffId, [...(places.get(diffId) ?? []), index]);
	const common: {left: number; right: number}[] = [];
	const onlyLeft: number[] = [];
	for (const [index, {diffId}] of left.entries()) {
		const other = places.get(diffId)?.shift();
		if (other === undefined) onlyLeft.push(index);
		else common.push({left: index, right: other});
	}
	return {
		commonPrefix: prefixOf(left, right),
		common,
		onlyLeft,
		onlyRight: [...places.values()].flat().toSorted((a, b) => a - b),
	};
};
