import type {Message, Movement} from '../state/messages.ts';
import type {Command, Scope} from './types.ts';

/** The keys of what is read rather than chosen from. @param scrolled what they say */
export const scrollCommands = (
	scope: Scope,
	scrolled: (movement: Movement) => Message = movement => ({type: 'ui/scrolled', movement}),
): readonly Command[] => {
	const scroll = (id: string, title: string, keys: readonly string[], movement: Movement): Command => ({
		id: `${scope}.${id}`,
		scope,
		title,
		help: `Scrolls: ${title}`,
		keys,
		group: 'navigate',
		isKeyOnly: true,
		run: ({store}) => {
			store.dispatch(scrolled(movement));
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
	];
};
