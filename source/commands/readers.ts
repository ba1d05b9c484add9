import type {Movement} from '../state/messages.ts';
import type {Command, Scope} from './types.ts';

/** The keys of everything that is read rather than chosen from: scrolling and leaving. */
const readerCommands = (scope: Scope): readonly Command[] => {
	const scroll = (id: string, title: string, keys: readonly string[], movement: Movement): Command => ({
		id: `${scope}.${id}`,
		scope,
		title,
		help: `Scrolls: ${title}`,
		keys,
		group: 'navigate',
		isKeyOnly: true,
		run: ({store}) => {
			store.dispatch({type: 'ui/scrolled', movement});
		},
	});
	return [
		scroll('up', 'up', ['up', 'k'], {kind: 'lines', count: -1}),
		scroll('down', 'down', ['down', 'j'], {kind: 'lines', count: 1}),
		scroll('page-up', 'page up', ['pgup', 'ctrl-b'], {kind: 'pages', count: -1}),
		scroll('page-down', 'page down', ['pgdn', 'space'], {kind: 'pages', count: 1}),
		scroll('half-page-up', 'half a page up', ['ctrl-u'], {kind: 'pages', count: -0.5}),
		scroll('half-page-down', 'half a page down', ['ctrl-d'], {kind: 'pages', count: 0.5}),
		scroll('first', 'to the start', ['g', 'home'], {kind: 'start'}),
		scroll('last', 'to the end', ['G', 'end'], {kind: 'end'}),
		{
			id: `${scope}.back`,
			scope,
			title: 'back',
			help: 'Back to the dashboard',
			keys: ['esc', 'q'],
			group: 'navigate',
			isKeyOnly: true,
			inFooter: 1,
			run: ({store}) => {
				store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
			},
		},
	];
};

export const logCommands: readonly Command[] = [
	...readerCommands('logs'),
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

export const documentCommands: readonly Command[] = readerCommands('document');
