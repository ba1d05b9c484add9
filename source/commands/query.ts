import type {Command} from './types.ts';

export const queryCommands: readonly Command[] = [
	{
		id: 'query.keep',
		scope: 'query',
		title: 'look for it',
		help: 'Leaves the field; what is looked for stays',
		keys: ['enter', 'down', 'up', 'tab'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		run: ({store}) => {
			store.dispatch({type: 'ui/query-closed', isKept: true});
		},
	},
	{
		id: 'query.drop',
		scope: 'query',
		title: 'drop it',
		help: 'Leaves the field and puts back what was looked for before',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 2,
		run: ({store}) => {
			store.dispatch({type: 'ui/query-closed', isKept: false});
		},
	},
	{
		id: 'query.quit',
		scope: 'query',
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
