import {scrollCommands} from './readers.ts';
import type {Command} from './types.ts';

export const logCommands: readonly Command[] = [
	...scrollCommands('logs'),
	{
		id: 'logs.follow',
		scope: 'logs',
		title: 'follow',
		help: 'Follows the end of the log, or stays where it is',
		keys: ['f'],
		group: 'view',
		inFooter: 2,
		run: ({store}) => {
			const isFollowing = store.getState().logs?.isFollowing ?? false;
			store.dispatch({type: 'ui/log-follow-set', isFollowing: !isFollowing});
		},
	},
	{
		id: 'logs.timestamps',
		scope: 'logs',
		title: 'timestamps',
		help: 'Shows or hides the time of each line',
		keys: ['t'],
		group: 'view',
		inFooter: 3,
		run: ({store}) => {
			store.dispatch({type: 'ui/log-timestamps-toggled'});
		},
	},
];
