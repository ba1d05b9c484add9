import {type PaneId, paneIds, type State} from '../state/model.ts';
import {focusedList} from '../state/selectors/rows.ts';
import {textValue} from '../state/text-edit.ts';
import {activeScopes} from './active-scopes.ts';
import {confirmLeaving} from './leaving.ts';
import type {Command, CommandContext} from './types.ts';
import {originBeforeTransfers} from './way-back.ts';

const paneTitles: Readonly<Record<PaneId, string>> = {
	containers: 'containers',
	images: 'images',
	resources: 'resources',
	transfers: 'transfers',
	events: 'events',
};

const focusCommands: readonly Command[] = paneIds.map((pane, index) => ({
	id: `app.focus-${pane}`,
	scope: 'global',
	title: paneTitles[pane],
	help: `Goes to the ${pane} pane`,
	keys: [String(index + 1)],
	group: 'navigate',
	run: ({store}: CommandContext) => {
		store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}}, {type: 'ui/pane-focused', pane});
	},
}));

const needsPanes = (state: State): string | undefined =>
	state.ui.screen.kind === 'dashboard' ? undefined : 'only on the dashboard';

const neighbour = (pane: PaneId, step: number): PaneId => {
	const next = (paneIds.indexOf(pane) + step + paneIds.length) % paneIds.length;
	return paneIds[next] ?? pane;
};

const cycle = (id: string, title: string, key: string, step: number): Command => ({
	id: `app.${id}`,
	scope: 'global',
	title,
	help: `Goes to the ${title}`,
	keys: [key],
	group: 'navigate',
	isKeyOnly: true,
	disabledReason: needsPanes,
	run: ({store}) => {
		store.dispatch({type: 'ui/pane-focused', pane: neighbour(store.getState().ui.focus, step)});
	},
});

const large = (id: string, pane: PaneId, key: string): Command => ({
	id: `app.${id}`,
	scope: 'global',
	title: `${pane} screen`,
	help: `Shows the ${pane} on the whole screen`,
	keys: [key],
	group: 'navigate',
	run: ({store}) => {
		store.dispatch(
			{type: 'ui/screen-opened', screen: {kind: 'dashboard'}},
			{type: 'ui/pane-focused', pane},
			{type: 'ui/zoom-set', isZoomed: true},
		);
	},
});

/** What esc goes back from on the dashboard, the innermost first. */
const back = ({store}: CommandContext): void => {
	const {ui} = store.getState();
	const list = focusedList(store.getState());
	if (ui.toasts.length > 0) store.dispatch({type: 'ui/toasts-dismissed'});
	else if (list !== undefined && ui.lists[list].filter !== '')
		store.dispatch({type: 'ui/filter-cleared', list});
	else if (list !== undefined && ui.lists[list].marks.size > 0)
		store.dispatch({type: 'ui/marks-set', list, keys: []});
	else if (ui.isZoomed) store.dispatch({type: 'ui/zoom-set', isZoomed: false});
};

export const globalCommands: readonly Command[] = [
	{
		id: 'app.filter',
		scope: 'global',
		title: 'filter',
		help: 'Filters the focused list as you type: words, !word, key:value, label:',
		keys: ['/'],
		group: 'view',
		inFooter: 9,
		disabledReason: state => (focusedList(state) === undefined ? 'nothing here is a list' : undefined),
		run: ({store}) => {
			const list = focusedList(store.getState());
			if (list !== undefined) store.dispatch({type: 'ui/filter-opened', list});
		},
	},
	{
		id: 'app.palette',
		scope: 'global',
		title: 'commands',
		help: 'Every command by name; some take arguments, as in :pull nginx:1.27',
		keys: [':'],
		group: 'navigate',
		inFooter: 80,
		isKeyOnly: true,
		run: ({store}) => {
			store.dispatch({
				type: 'ui/overlay-opened',
				overlay: {kind: 'palette', query: textValue(''), cursor: 0},
			});
		},
	},
	{
		id: 'app.help',
		scope: 'global',
		title: 'help',
		help: 'Every key, those of the focused pane first; type to search',
		keys: ['?'],
		group: 'navigate',
		inFooter: 81,
		run: ({store}) => {
			const scopes = activeScopes(store.getState());
			store.dispatch({
				type: 'ui/overlay-opened',
				overlay: {kind: 'help', query: textValue(''), offset: 0, scopes},
			});
		},
	},
	{
		id: 'app.messages',
		scope: 'global',
		title: 'messages',
		help: 'Every result and error of this session',
		keys: [],
		group: 'view',
		run: ({store}) => {
			store.dispatch({type: 'ui/overlay-opened', overlay: {kind: 'messages', offset: 0}});
		},
	},
	{
		id: 'app.zoom',
		scope: 'global',
		title: 'zoom',
		help: 'Gives the focused pane the whole screen, or puts it back',
		keys: ['z'],
		group: 'view',
		disabledReason: needsPanes,
		run: ({store}) => {
			store.dispatch({type: 'ui/zoom-set', isZoomed: !store.getState().ui.isZoomed});
		},
	},
	...focusCommands,
	cycle('next-pane', 'next pane', 'tab', 1),
	cycle('previous-pane', 'previous pane', 'shift-tab', -1),
	large('events', 'events', 'E'),
	{
		id: 'app.transfers',
		scope: 'global',
		title: 'transfers screen',
		help: 'Shows all pulls, pushes, builds and copies on the whole screen, with sizes, rates and times',
		keys: ['T'],
		group: 'navigate',
		run: ({store}) => {
			const origin = originBeforeTransfers(store.getState());
			store.dispatch({type: 'ui/screen-opened', screen: {kind: 'transfers', ...origin}});
		},
	},
	{
		id: 'app.back',
		scope: 'global',
		title: 'back',
		help: 'Dismisses messages, clears the filter, the marks, the zoom: one at a time',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		run: back,
	},
	{
		id: 'app.redraw',
		scope: 'global',
		title: 'redraw',
		help: 'Draws the whole screen again',
		keys: ['ctrl-l'],
		group: 'view',
		run: ({terminal}) => {
			terminal.repaint();
		},
	},
	{
		id: 'app.quit',
		scope: 'global',
		title: 'quit',
		help: 'Leaves Gantry; asks only while a transfer runs',
		keys: ['q', 'ctrl-c'],
		group: 'navigate',
		inFooter: 79,
		confirm: state => confirmLeaving(state, 'Leave Gantry?'),
		run: ({quit}) => {
			quit();
		},
	},
];
