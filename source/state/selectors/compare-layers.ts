import {compareLayers, type LayerComparison} from '../../layers/reports/compare-layers.ts';
import type {ImageLayer, ImageTree} from '../../layers/types.ts';
import type {ComparedLayer} from '../../resources/compare.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

export type ComparedLayers = {
	/** From the lowest up, as a diff has them: what both have stands once. */
	readonly rows: readonly ComparedLayer[];
	readonly common: LayerSum;
	readonly onlyLeft: LayerSum;
	readonly onlyRight: LayerSum;
};

/** Layers, and what their files take; bytes are absent until all of them were read. */
export type LayerSum = {readonly count: number; readonly bytes?: number};

const sumOf = (layers: readonly (ImageLayer | undefined)[]): LayerSum => {
	const sizes = layers.map(layer => layer?.contentBytes);
	const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
	return {count: layers.length, ...(sizes.every(size => size !== undefined) && {bytes})};
};

const factsOf = ({diffId, createdBy, contentBytes}: ImageLayer) => ({
	kind: 'layer' as const,
	diffId,
	createdBy,
	...(contentBytes !== undefined && {sizeBytes: contentBytes}),
});

const rowsOf = (left: ImageTree, right: ImageTree, {common}: LayerComparison): readonly ComparedLayer[] => {
	const partners = new Map(common.map(pair => [pair.left, pair.right]));
	const shared = new Set(partners.values());
	const rows: ComparedLayer[] = [];
	let next = 0;
	const addRight = (end: number): void => {
		for (; next < end; next += 1) {
			const layer = right.layers[next];
			if (layer === undefined || shared.has(next)) continue;
			rows.push({...factsOf(layer), key: `layer:r${next}`, change: 'added', right: next + 1});
		}
	};
	for (const [index, layer] of left.layers.entries()) {
		const partner = partners.get(index);
		if (partner !== undefined) addRight(partner);
		const place = {key: `layer:l${index}`, left: index + 1};
		rows.push(
			partner === undefined
				? {...factsOf(layer), ...place, change: 'removed'}
				: {
						...factsOf(layer),
						...factsOf(right.layers[partner] ?? layer),
						...place,
						change: 'unmodified',
						right: partner + 1,
					},
		);
	}
	addRight(right.layers.length);
	return rows;
};

/** The layers of both images; nothing until those of both are known, which is before they are read. */
export const selectComparedLayers: (state: State) => ComparedLayers | undefined = createSelector(
	(state: State) => [state.compare?.trees[0], state.compare?.trees[1]],
	(left: ImageTree | undefined, right: ImageTree | undefined): ComparedLayers | undefined => {
		if (left === undefined || right === undefined) return undefined;
		const comparison = compareLayers(left.layers, right.layers);
		return {
			rows: rowsOf(left, right, comparison),
			common: sumOf(
				comparison.common.map(pair => {
					const layer = right.layers[pair.right];
					return layer?.contentBytes === undefined ? left.layers[pair.left] : layer;
				}),
			),
			onlyLeft: sumOf(comparison.onlyLeft.map(index => left.layers[index])),
			onlyRight: sumOf(comparison.onlyRight.map(index => right.layers[index])),
		};
	},
);
