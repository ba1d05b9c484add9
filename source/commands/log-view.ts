import type {QueryId} from '../state/queries.ts';
import type {LogLook, LogRange} from '../state/views/logs.ts';
import {pageLogCommand} from './page-log.ts';
import {scrollCommands} from './readers.ts';
import {saveLogCommand} from './save-log.ts';
import type {Command} from './types.ts';

const look = (
	part: keyof LogLook,
	facts: Pick<Command, 'title' | 'help' | 'keys' | 'inFooter'> & {readonly id: string},
): Command => ({
	...facts,
	id: `logs.${facts.id}`,
	scope: 'logs',
	group: 'view',
	run: ({store}) => {
		store.dispatch({type: 'logs/look-toggled', part});
	},
});

const query = (id: QueryId, facts: Pick<Command, 'title' | 'help' | 'keys' | 'inFooter'>): Command => ({
	...facts,
	id,
	scope: 'logs',
	group: 'view',
	run: ({store}) => {
		store.dispatch({type: 'ui/query-opened', id});
	},
});

const findStep = (id: string, title: string, key: string, step: 1 | -1): Command => ({
	id: `logs.${id}`,
	scope: 'logs',
	title,
	help: `Goes to the ${title} of what is looked for`,
	keys: [key],
	group: 'navigate',
	isKeyOnly: true,
	run: ({store}) => {
		store.dispatch({type: 'logs/find-moved', step});
	},
});

const sideways = (id: string, key: string, cells: number): Command => ({
	id: `logs.${id}`,
	scope: 'logs',
	title: id,
	help: `Scrolls long lines: ${id}`,
	keys: [key],
	group: 'navigate',
	isKeyOnly: true,
	disabledReason: ({logs}) => (logs?.look.isWrapped === true ? 'lines are wrapped: w unwraps' : undefined),
	run: ({store}) => {
		store.dispatch({type: 'logs/moved-sideways', cells});
	},
});

const ranges: readonly (readonly [range: LogRange, id: string, key: string, title: string])[] = [
	['tail', 'tail', '0', 'the last lines'],
	['1m', 'one-minute', '1', 'the last minute'],
	['5m', 'five-minutes', '2', 'the last 5 minutes'],
	['15m', 'quarter', '3', 'the last 15 minutes'],
	['1h', 'one-hour', '4', 'the last hour'],
	['24h', 'one-day', '5', 'the last 24 hours'],
	['all', 'all', '6', 'all, as far as there is room'],
];

const rangeCommands: readonly Command[] = ranges.map(([range, id, key, title]) => ({
	id: `logs.from-${id}`,
	scope: 'logs',
	title: `logs: ${title}`,
	help: `Reads again from: ${title}`,
	keys: [key],
	group: 'view',
	run: ({store}) => {
		store.dispatch({type: 'logs/range-set', range});
	},
}));

export const logCommands: readonly Command[] = [
	...scrollCommands('logs'),
	{
		id: 'logs.follow',
		scope: 'logs',
		title: 'follow',
		help: 'Follows the end of the log, or stays where it is',
		keys: ['f'],
		group: 'view',
		inFooter: 0.2,
		run: ({store}) => {
			const isFollowing = store.getState().logs?.isFollowing ?? false;
			store.dispatch({type: 'logs/follow-set', isFollowing: !isFollowing});
		},
	},
	query('logs.find', {
		title: 'find',
		help: 'Looks for a regular expression; capital letters in it count; n and N go on',
		keys: ['/'],
		inFooter: 0.3,
	}),
	findStep('find-next', 'next place', 'n', 1),
	findStep('find-previous', 'place before', 'N', -1),
	query('logs.filter', {
		title: 'filter',
		help: 'Shows only lines that match a regular expression',
		keys: ['F'],
		inFooter: 0.4,
	}),
	look('hasTimestamps', {
		id: 'timestamps',
		title: 'timestamps',
		help: 'Shows or hides the time of each line',
		keys: ['t'],
		inFooter: 0.5,
	}),
	look('isWrapped', {
		id: 'wrap',
		title: 'wrap',
		help: 'Folds long lines, or cuts them at the edge',
		keys: ['w'],
		inFooter: 0.6,
	}),
	look('isPretty', {
		id: 'json',
		title: 'JSON',
		help: 'Tells lines that are JSON objects as words: level, message, name=value',
		keys: ['J'],
		inFooter: 0.7,
	}),
	sideways('left', 'left', -20),
	sideways('right', 'right', 20),
	...rangeCommands,
	saveLogCommand,
	pageLogCommand,
];
