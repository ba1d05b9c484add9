import type {Command} from './types.ts';

export const filterCommands: readonly Command[] = [
	{
		id: 'filter.keep',
		scope: 'filter',
		title: 'keep the filter',
		help: 'Leaves the field; the filter stays until esc',
		keys: ['enter', 'down', 'up', 'tab'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		run: ({store}) => {
			store.dispatch({type: 'ui/filter-closed', isKept: true});
		},
	},
	{
		id: 'filter.drop',
		scope: 'filter',
		title: 'drop it',
		help: 'Leaves the field and puts the filter back as it was',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 2,
		run: ({store}) => {
			store.dispatch({type: 'ui/filter-closed', isKept: false});
		},
	},
	{
		id: 'filter.quit',
		scope: 'filter',
		title: 'quit',
		help: 'Leaves Gantry',
		keys: ['ctrl-c'],
		group: 'navigate',
		isKeyOnly: true,
		run: ({invoke}) => {
			invoke('app.quit');
		},
	},
];
