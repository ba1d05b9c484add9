import type {UiMessage} from '../state/messages.ts';
import type {Command} from './types.ts';

type Typing = {
	readonly scope: 'filter' | 'query';
	readonly kept: {readonly title: string; readonly help: string};
	readonly dropped: string;
	readonly close: (isKept: boolean) => UiMessage;
};

/** The keys of the line in which a filter, or what is looked for, is typed. */
const typingCommands = ({scope, kept, dropped, close}: Typing): readonly Command[] => [
	{
		id: `${scope}.keep`,
		scope,
		...kept,
		keys: ['enter', 'down', 'up', 'tab'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		run: ({store}) => {
			store.dispatch(close(true));
		},
	},
	{
		id: `${scope}.drop`,
		scope,
		title: 'drop it',
		help: dropped,
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 2,
		run: ({store}) => {
			store.dispatch(close(false));
		},
	},
	{
		id: `${scope}.quit`,
		scope,
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

export const filterCommands: readonly Command[] = [
	...typingCommands({
		scope: 'filter',
		kept: {title: 'keep the filter', help: 'Leaves the field; the filter stays until esc'},
		dropped: 'Leaves the field and puts the filter back as it was',
		close: isKept => ({type: 'ui/filter-closed', isKept}),
	}),
	...typingCommands({
		scope: 'query',
		kept: {title: 'look for it', help: 'Leaves the field; what is looked for stays'},
		dropped: 'Leaves the field and puts back what was looked for before',
		close: isKept => ({type: 'ui/query-closed', isKept}),
	}),
];
