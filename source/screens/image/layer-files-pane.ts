import {formatCount} from '../../format/count.ts';
import {changeKinds} from '../../layers/tree/view.ts';
import {layerSigns} from '../../resources/change-signs.ts';
import {type LayerFileRow, layerFiles as resource} from '../../resources/layer-files.ts';
import type {State} from '../../state/model.ts';
import {layerFileRows, selectTreeRows} from '../../state/selectors/layer-files-rows.ts';
import {selectTreeView, selectViewCounts} from '../../state/selectors/layer-tree.ts';
import {chosenLayer} from '../../state/selectors/layers-rows.ts';
import {isImageGone} from '../../state/selectors/layers-status.ts';
import type {ListPane} from '../panes/list-content.ts';

/** `+12 ~3 *1 -4 870 same`. */
export const countsText = (state: State): string => {
	const counts = selectViewCounts(state);
	if (counts === undefined) return '';
	const changed = changeKinds.flatMap(kind =>
		kind === 'unmodified' || counts[kind] === 0 ? [] : [layerSigns[kind] + formatCount(counts[kind])],
	);
	const same = counts.unmodified === 0 ? [] : [`${formatCount(counts.unmodified)} as before`];
	return [...changed, ...same].join(' ');
};

const hiddenBadge = ({layers}: State): string => {
	const hidden = changeKinds.filter(kind => layers?.shown.has(kind) === false);
	return hidden.length === 0 ? '' : `without ${hidden.join(', ')}`;
};

const matchBadge = (state: State): string => {
	if (state.ui.lists.layerFiles.filter.trim() === '') return '';
	const {matches} = selectTreeRows(state);
	return matches === 1 ? '1 match' : `${formatCount(matches)} matches`;
};

const emptyText = (state: State): string | undefined => {
	const {layers} = state;
	const layer = layers?.tree?.layers[chosenLayer(state)];
	if (layer === undefined) return 'No layer was read yet.';
	if (layer.absence !== undefined) return layer.absence;
	if (layer.entries === undefined) return 'This layer was not read yet.';
	const isAllShown = changeKinds.every(kind => layers?.shown.has(kind));
	const view = selectTreeView(state);
	const isEmpty = view === undefined || view.own.subarray(1).every(change => change === 0);
	if (isEmpty) return 'There is not one file in it.';
	return isAllShown ? undefined : 'What is here is not shown: a m r u show it.';
};

export const layerFilesTitle = (state: State): string => {
	const number = chosenLayer(state) + 1;
	return state.layers?.isCumulative === true ? `Files up to layer ${number}` : `Files of layer ${number}`;
};

export const layerFilesPane = (state: State): ListPane<LayerFileRow> => ({
	list: 'layerFiles',
	title: layerFilesTitle(state),
	resource,
	rows: layerFileRows,
	isMarked: ({isMarked}) => isMarked,
	badges: each => [countsText(each), hiddenBadge(each), matchBadge(each)],
	emptyText,
	isStale: isImageGone,
});
