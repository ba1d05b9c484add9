import type {ImageTree} from '../../layers/types.ts';
import type {LayerRow} from '../../resources/layers.ts';
import {layers as resource} from '../../resources/layers.ts';
import type {State} from '../model.ts';
import {forgetChanges, layerChanges} from './layer-changes.ts';
import {cumulativeBytes, fileCountOf} from './layer-sums.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
import {selectSharedLayers} from './shared-layers.ts';

const none: readonly LayerRow[] = [];

const rowsOf = (
	tree: ImageTree | undefined,
	shared: ReadonlyMap<string, readonly string[]> | undefined,
): readonly LayerRow[] => {
	if (tree === undefined) {
		forgetChanges();
		return none;
	}
	const cumulative = cumulativeBytes(tree);
	const changes = layerChanges(tree);
	return tree.layers.map((layer): LayerRow => {
		const upTo = cumulative[layer.index];
		const changed = changes[layer.index];
		return {
			key: String(layer.index),
			layer,
			...(upTo !== undefined && {cumulativeBytes: upTo}),
			...(layer.entries && {fileCount: fileCountOf(layer.entries)}),
			...(changed && {changes: changed}),
			...(shared && {alsoIn: shared.get(layer.diffId) ?? []}),
		};
	});
};

const selectAll = createSelector((state: State) => [state.layers?.tree, selectSharedLayers(state)], rowsOf);

const sort = createSorter(resource);
const selectSorting = sortingSelector('layers');

/** The layers of the image that is open, the lowest first unless sorted otherwise. */
export const selectLayerRows: (state: State) => readonly LayerRow[] = createSelector(
	(state: State) => [selectAll(state), state.ui.lists.layers.filter, selectSorting(state)],
	(rows: readonly LayerRow[], filter: string, sorting: Sorting): readonly LayerRow[] =>
		sort(filtered(resource, rows, filter), sorting),
);

/** Index of the layer under the cursor: whose files are shown. */
export const chosenLayer = (state: State): number => {
	const count = state.layers?.tree?.layers.length ?? 0;
	const wanted = Number(state.ui.lists.layers.cursorKey ?? 0);
	return Math.max(0, Math.min(wanted, count - 1));
};
