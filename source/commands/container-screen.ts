import {type ContainerTab, containerTabs, type State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {focusedList} from '../state/selectors/rows.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import type {Command, CommandContext} from './types.ts';

type TabFacts = {
	readonly tab: ContainerTab;
	readonly key: string;
	readonly title: string;
	readonly help: string;
	/** In the footer. */
	readonly rank: number;
};

const tabFacts: readonly TabFacts[] = [
	{tab: 'logs', key: 'l', title: 'logs', help: 'Opens the log and follows it', rank: 4},
	{tab: 'stats', key: 'm', title: 'stats', help: 'Shows its use of the machine over time', rank: 6},
	{tab: 'processes', key: 't', title: 'processes', help: 'Lists its processes', rank: 26},
	{tab: 'inspect', key: 'i', title: 'inspect', help: "Shows the engine's JSON about it as a tree", rank: 23},
	{
		tab: 'config',
		key: 'C',
		title: 'config',
		help: 'Shows how it was made: command, environment, labels, limits, health',
		rank: 27,
	},
	{
		tab: 'network',
		key: 'M',
		title: 'network & mounts',
		help: 'Shows its networks, mounts and how it is isolated',
		rank: 28,
	},
	{tab: 'changes', key: 'x', title: 'changes', help: 'Shows what it changed against its image', rank: 29},
	{tab: 'files', key: 'f', title: 'files', help: 'Browses its file system, and copies in and out', rank: 30},
];

/** Opens a tab of one container's screen. */
export const openTab = ({store}: CommandContext, targets: readonly string[], tab: ContainerTab): void => {
	const state = store.getState();
	const [container] = containersNamed(state, targets);
	const containerId = container?.id ?? state.opened?.containerId;
	if (containerId === undefined) return;
	const screen = {kind: 'container', containerId, tab} as const;
	store.dispatch({type: 'ui/screen-opened', screen, ...(container && {title: container.name})});
};

/** A tab of an open screen can be read whatever became of the container or the engine. */
const tabReason = (state: State): string | undefined =>
	state.ui.screen.kind === 'container' ? undefined : singleReason()(state);

/** One key for each tab, in the list and on the container's own screen. */
export const tabCommands: readonly Command[] = tabFacts.map(({tab, key, title, help, rank}) => ({
	id: `containers.${tab}`,
	scope: 'containers',
	title,
	help,
	keys: [key],
	group: 'view',
	inFooter: rank,
	targets: containerTargets,
	disabledReason: tabReason,
	run: (context, {targets}) => {
		openTab(context, targets, tab);
	},
}));

const step = (id: string, title: string, keys: readonly string[], count: number): Command => ({
	id: `container.${id}`,
	scope: 'container',
	title,
	help: `Goes to the ${title}`,
	keys,
	group: 'navigate',
	isKeyOnly: true,
	run: context => {
		const {screen} = context.store.getState().ui;
		if (screen.kind !== 'container') return;
		const index = (containerTabs.indexOf(screen.tab) + count + containerTabs.length) % containerTabs.length;
		openTab(context, [screen.containerId], containerTabs[index] ?? screen.tab);
	},
});

/** What esc goes back from on a full screen, the innermost first. */
const leave = ({store}: CommandContext): void => {
	const state = store.getState();
	const {ui} = state;
	const list = focusedList(state);
	if (ui.toasts.length > 0) store.dispatch({type: 'ui/toasts-dismissed'});
	else if (list === 'inspect' && (ui.queries['inspect.find'] ?? '') !== '')
		store.dispatch({type: 'ui/query-cleared', id: 'inspect.find'});
	else if (list !== undefined && ui.lists[list].filter !== '')
		store.dispatch({type: 'ui/filter-cleared', list});
	else if (list !== undefined && ui.lists[list].marks.size > 0)
		store.dispatch({type: 'ui/marks-set', list, keys: []});
	else if (state.stats.view.cursorAt !== undefined) store.dispatch({type: 'stats/cursor-set', at: undefined});
	else store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
};

const backCommand = (scope: 'container' | 'reader'): Command => ({
	id: `${scope}.back`,
	scope,
	title: 'back',
	help: 'Clears the filter and the marks, then goes back to the dashboard',
	keys: ['esc'],
	group: 'navigate',
	isKeyOnly: true,
	inFooter: 0,
	run: leave,
});

const leaveCommand = (scope: 'container' | 'reader'): Command => ({
	id: `${scope}.leave`,
	scope,
	title: 'dashboard',
	help: 'Back to the dashboard at once',
	keys: ['q'],
	group: 'navigate',
	isKeyOnly: true,
	run: ({store}) => {
		store.dispatch({type: 'ui/screen-opened', screen: {kind: 'dashboard'}});
	},
});

export const containerScreenCommands: readonly Command[] = [
	step('next-tab', 'next tab', [']', 'tab'], 1),
	step('previous-tab', 'tab before', ['[', 'shift-tab'], -1),
	backCommand('container'),
	leaveCommand('container'),
	backCommand('reader'),
	leaveCommand('reader'),
];
