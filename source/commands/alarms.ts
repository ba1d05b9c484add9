import type {Command} from './types.ts';

const filter = 'alarm:yes';

export const alarmCommands: readonly Command[] = [
	{
		id: 'containers.alarms',
		scope: 'containerList',
		title: 'alarms',
		help: 'Shows only what is in a crash loop, was killed for memory or is unhealthy; again: all',
		keys: ['!'],
		group: 'view',
		inFooter: 31,
		run: ({store}) => {
			const isShown = store.getState().ui.lists.containers.filter === filter;
			store.dispatch({type: 'ui/filter-cleared', list: 'containers'});
			if (isShown) return;
			store.dispatch(
				{type: 'ui/filter-opened', list: 'containers'},
				{type: 'ui/filter-edited', edit: {kind: 'insert', text: filter}},
				{type: 'ui/filter-closed', isKept: true},
			);
		},
	},
];
