import {formatSize} from '../../format/bytes.ts';
import {counted} from '../../format/counted.ts';
import {waste as resource, type WasteRow} from '../../resources/waste.ts';
import type {State} from '../../state/model.ts';
import {isImageGone} from '../../state/selectors/layers-status.ts';
import {selectWasteRows} from '../../state/selectors/waste-rows.ts';
import type {ListPane} from '../panes/list-content.ts';

/** Rounded down: only what wastes nothing is at 100 %. */
const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;

const badges = ({layers}: State): readonly string[] => {
	const report = layers?.waste;
	if (layers === undefined || report === undefined) return [];
	const {waste, secrets} = report;
	const found = secrets.hidden.length + secrets.settings.length;
	return [
		`${formatSize(waste.wastedBytes)} of ${formatSize(waste.storedBytes)}`,
		`efficiency ${percent(waste.efficiency)}`,
		...(found === 0 ? [] : [`! ${counted(found, 'secret')}`]),
		...(report.isBaseLeftOut ? ['without the base'] : []),
		...(layers.tree?.isComplete === true ? [] : ['of what was read']),
	];
};

export const wastePane: ListPane<WasteRow> = {
	list: 'waste',
	title: 'Wasted space',
	resource,
	rows: (state, from, height) => selectWasteRows(state).slice(from, from + height),
	badges,
	loading: ({layers}) => (layers?.waste === undefined ? {status: 'loading'} : {status: 'ready'}),
	isStale: isImageGone,
};
