import {formatSize} from '../../format/bytes.ts';
import type {LayerRow} from '../../resources/layers.ts';
import {layers as resource} from '../../resources/layers.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';
import {layersRead} from '../../state/selectors/layer-sums.ts';
import {selectLayerRows} from '../../state/selectors/layers-rows.ts';
import {isImageGone} from '../../state/selectors/layers-status.ts';
import type {ListPane} from '../panes/list-content.ts';

const sizeBadge = ({layers}: State): string => {
	const sum = layers?.tree?.layers.reduce((total, {contentBytes = 0}) => total + contentBytes, 0) ?? 0;
	return sum === 0 ? '' : formatSize(sum);
};

const countBadge = ({layers}: State): string => {
	if (layers?.tree === undefined) return '';
	const all = layers.tree.layers.length;
	const read = layersRead(layers.tree);
	return read === all ? String(all) : `${read} of ${all}`;
};

const loadingOf = ({layers}: State): Loading =>
	layers?.tree === undefined && layers?.reading.status === 'reading'
		? {status: 'loading'}
		: {status: 'ready'};

const emptyText = ({layers}: State): string | undefined =>
	layers?.tree === undefined ? undefined : 'It has no layers: nothing is in it.';

export const layersPane: ListPane<LayerRow> = {
	list: 'layers',
	title: 'Layers',
	resource,
	rows: (state, from, height) => selectLayerRows(state).slice(from, from + height),
	badges: state => [
		countBadge(state),
		sizeBadge(state),
		isImageGone(state) && state.layers?.tree !== undefined
			? 'the image was removed: what was read stays'
			: '',
	],
	loading: loadingOf,
	emptyText,
	isStale: isImageGone,
};
