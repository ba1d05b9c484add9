import type {ListId} from '../resources/resource.ts';
import type {Movement} from '../state/messages.ts';
import type {State} from '../state/model.ts';
import {listColumns} from '../state/selectors/columns.ts';
import {cursorRowKey, focusedList, listKeys, markableKeys} from '../state/selectors/rows.ts';
import type {Command, CommandContext} from './types.ts';

const needsList = (state: State): string | undefined =>
	focusedList(state) === undefined ? 'nothing here is a list' : undefined;

const needsSorting = (state: State): string | undefined => {
	const list = focusedList(state);
	if (list === undefined) return needsList(state);
	const isSortable = listColumns(list).some(column => column.isSortable);
	return isSortable ? undefined : 'it is in the order of the engine';
};

const onList =
	(act: (context: CommandContext, list: ListId) => void) =>
	(context: CommandContext): void => {
		const list = focusedList(context.store.getState());
		if (list !== undefined) act(context, list);
	};

const move = (id: string, title: string, keys: readonly string[], movement: Movement): Command => ({
	id: `lists.${id}`,
	scope: 'lists',
	title,
	help: `Goes ${title}`,
	keys,
	group: 'navigate',
	isKeyOnly: true,
	disabledReason: needsList,
	run: onList(({store}, list) => {
		store.dispatch({type: 'ui/moved', list, movement});
	}),
});

export const listCommands: readonly Command[] = [
	move('up', 'up', ['up', 'k'], {kind: 'lines', count: -1}),
	move('down', 'down', ['down', 'j'], {kind: 'lines', count: 1}),
	move('page-up', 'a page up', ['pgup'], {kind: 'pages', count: -1}),
	move('page-down', 'a page down', ['pgdn'], {kind: 'pages', count: 1}),
	move('half-page-up', 'half a page up', ['ctrl-u'], {kind: 'pages', count: -0.5}),
	move('half-page-down', 'half a page down', ['ctrl-d'], {kind: 'pages', count: 0.5}),
	move('first', 'to the first row', ['g', 'home'], {kind: 'start'}),
	move('last', 'to the last row', ['G', 'end'], {kind: 'end'}),
	{
		id: 'lists.mark',
		scope: 'lists',
		title: 'mark',
		help: 'Marks or unmarks the row and goes one down; actions then work on all marked rows',
		keys: ['space'],
		group: 'navigate',
		disabledReason: needsList,
		run: onList(({store}, list) => {
			const key = cursorRowKey(store.getState(), list);
			if (key === undefined) return;
			store.dispatch(
				{type: 'ui/mark-toggled', list, keys: markableKeys(store.getState(), list, key)},
				{type: 'ui/moved', list, movement: {kind: 'lines', count: 1}},
			);
		}),
	},
	{
		id: 'lists.mark-all',
		scope: 'lists',
		title: 'mark all',
		help: 'Marks every row that the filter shows; again: unmarks them',
		keys: ['ctrl-a'],
		group: 'navigate',
		disabledReason: needsList,
		run: onList(({store}, list) => {
			const state = store.getState();
			const keys = [...listKeys(state, list)].flatMap(key => markableKeys(state, list, key));
			store.dispatch({type: 'ui/mark-toggled', list, keys: [...new Set(keys)]});
		}),
	},
	{
		id: 'lists.sort',
		scope: 'lists',
		title: 'sort',
		help: 'Chooses the column that the list is sorted by',
		keys: ['o'],
		group: 'view',
		inFooter: 70,
		disabledReason: needsSorting,
		choice: state => {
			const list = focusedList(state);
			if (list === undefined) return undefined;
			const current = state.ui.lists[list].sortBy;
			return {
				title: 'Sort by',
				field: 'column',
				items: [
					{id: '', label: 'default order'},
					...listColumns(list)
						.filter(column => column.isSortable)
						.map(column => ({id: column.id, label: column.header})),
				],
				...(current === undefined ? {} : {initial: current}),
			};
		},
		run: ({store}, input) => {
			const list = focusedList(store.getState());
			const column = input.values?.column ?? '';
			if (list !== undefined)
				store.dispatch({type: 'ui/sorted', list, column: column === '' ? undefined : column});
		},
	},
	{
		id: 'lists.reverse',
		scope: 'lists',
		title: 'reverse',
		help: 'Reverses the order of the list',
		keys: ['O'],
		group: 'view',
		disabledReason: needsSorting,
		run: onList(({store}, list) => {
			store.dispatch({type: 'ui/sort-reversed', list});
		}),
	},
];
