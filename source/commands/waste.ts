import {changeKinds} from '../layers/tree/view.ts';
import type {WasteRow} from '../resources/waste.ts';
import type {State} from '../state/model.ts';
import {nodeOfPath, revealed} from '../state/selectors/layer-cursor.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {selectWasteRows} from '../state/selectors/waste-rows.ts';
import {focusOn} from './layers-scopes.ts';
import {showError, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const cursorRow = (state: State): WasteRow | undefined => {
	const key = cursorRowKey(state, 'waste');
	return selectWasteRows(state).find(row => row.key === key);
};

const needsRow = (state: State): string | undefined =>
	cursorRow(state) === undefined ? 'nothing is listed' : undefined;

/** Shows a path in the files of the layer that stores it. */
const jump = (context: CommandContext): void => {
	const {store} = context;
	const state = store.getState();
	const row = cursorRow(state);
	const {layers} = state;
	const [number] = row?.layers ?? [];
	if (row === undefined || layers?.tree === undefined || number === undefined) return;
	store.dispatch(
		...changeKinds
			.filter(kind => !layers.shown.has(kind))
			.map(kind => ({type: 'layers/kind-toggled', kind}) as const),
		{type: 'ui/filter-cleared', list: 'layers'},
		{type: 'ui/filter-cleared', list: 'layerFiles'},
		{type: 'ui/landed', list: 'layers', key: String(number - 1)},
		{type: 'layers/focused', focus: row.place === undefined ? 'layers' : 'layerFiles'},
	);
	const node = row.place === undefined ? undefined : nodeOfPath(layers.tree.paths, row.place);
	if (node !== undefined) store.dispatch(...revealed(store.getState(), node));
};

export const wasteCommands: readonly Command[] = [
	{
		id: 'waste.open',
		scope: 'waste',
		title: 'show it',
		help: 'Shows the path in the files of the layer that stores it',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 0.2,
		disabledReason: needsRow,
		run: jump,
	},
	{
		id: 'waste.base',
		scope: 'waste',
		title: 'base image',
		help: 'Leaves out what the lowest layer stores, which is most often the base image, and counts it again',
		keys: ['B'],
		group: 'view',
		inFooter: 0.3,
		run: ({store}) => {
			store.dispatch({type: 'layers/base-toggled'});
		},
	},
	{
		id: 'waste.close',
		scope: 'waste',
		title: 'files',
		help: 'Goes back to the files',
		keys: ['W'],
		group: 'view',
		inFooter: 0.4,
		run: context => focusOn(context, 'layerFiles'),
	},
	{
		id: 'waste.copy-path',
		scope: 'waste',
		title: 'copy path',
		help: 'Copies the path',
		keys: ['y'],
		group: 'view',
		disabledReason: needsRow,
		run: context => {
			const row = cursorRow(context.store.getState());
			if (row === undefined) return;
			if (context.terminal.copy(row.path)) showSuccess(context, `copied ${row.path}`);
			else showError(context, 'it is longer than a terminal takes into its clipboard');
		},
	},
];
