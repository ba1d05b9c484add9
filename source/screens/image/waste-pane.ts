import {waste as resource, type WasteRow} from '../../resources/waste.ts';
import type {State} from '../../state/model.ts';
import {selectWasteRows} from '../../state/selectors/waste-rows.ts';
import type {ListPane} from '../panes/list-content.ts';

export const wastePane = (_state: State): ListPane<WasteRow> => ({
	list: 'waste',
	title: 'Wasted space',
	resource,
	rows: (state, from, height) => selectWasteRows(state).slice(from, from + height),
	badges: () => [],
});
