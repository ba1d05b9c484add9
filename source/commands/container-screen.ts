import {type ContainerTab, containerTabs, type State} from '../state/model.ts';
import type {QueryId} from '../state/queries.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {readerList} from '../state/selectors/layout.ts';
import {cursorProject, focusedList} from '../state/selectors/rows.ts';
import type {LogSelection} from '../state/views/logs.ts';
import {containerReason, containerTargets, singleReason} from './container-actions.ts';
import {tabSteps} from './tab-steps.ts';
import type {Command, CommandContext} from './types.ts';
import {wayBack} from './way-back.ts';

type TabFacts = {
	readonly tab: ContainerTab;
	readonly key: string;
	readonly title: string;
	readonly help: string;
	/** In the footer. */
	readonly rank: number;
};

const tabFacts: readonly TabFacts[] = [
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
	const {screen: here} = state.ui;
	const before = here.kind === 'outdated' ? {screen: here} : undefined;
	const origin = here.kind === 'container' ? here.origin : before;
	const screen = {kind: 'container', containerId, tab, ...(origin && {origin})} as const;
	store.dispatch({type: 'ui/screen-opened', screen, ...(container && {title: container.name})});
};

/** A tab of an open screen can be read whatever became of the container or the engine. */
const tabReason = (state: State): string | undefined =>
	state.ui.screen.kind === 'container' ? undefined : singleReason()(state);

/** Whose logs are meant: a project's when its row is chosen, else those of the containers. */
const chosenLogs = (state: State, targets: readonly string[]): LogSelection => {
	const isList = state.ui.screen.kind === 'dashboard' && state.ui.lists.containers.marks.size === 0;
	const project = isList ? cursorProject(state) : undefined;
	if (project !== undefined) return {kind: 'project', project};
	return {kind: 'containers', ids: containersNamed(state, targets).map(({id}) => id)};
};

const openLogsCommand: Command = {
	id: 'containers.logs',
	scope: 'containers',
	title: 'logs',
	help: 'Opens the log and follows it; of several containers or a project all of them by time',
	keys: ['l'],
	group: 'view',
	inFooter: 4,
	targets: containerTargets,
	disabledReason: state => (state.ui.screen.kind === 'container' ? undefined : containerReason()(state)),
	run: (context, {targets}) => {
		const {store} = context;
		const of = chosenLogs(store.getState(), targets);
		if (of.kind === 'project' || of.ids.length > 1)
			store.dispatch({type: 'ui/screen-opened', screen: {kind: 'logs', of}});
		else openTab(context, targets, 'logs');
	},
};

/** One key for each tab, in the list and on the container's own screen. */
export const tabCommands: readonly Command[] = [
	openLogsCommand,
	...tabFacts.map(
		({tab, key, title, help, rank}): Command => ({
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
		}),
	),
];

/** What is looked for on this screen. */
const queriesOf = (state: State): readonly QueryId[] => {
	const {screen} = state.ui;
	if (screen.kind === 'logs' || (screen.kind === 'container' && screen.tab === 'logs'))
		return ['logs.find', 'logs.filter'];
	return readerList(state) === 'inspect' ? ['inspect.find'] : [];
};

/** What esc goes back from on a full screen, the innermost first. */
const leave = ({store}: CommandContext): void => {
	const state = store.getState();
	const {ui} = state;
	const list = focusedList(state);
	const query = queriesOf(state).find(id => (ui.queries[id] ?? '') !== '');
	if (ui.toasts.length > 0) store.dispatch({type: 'ui/toasts-dismissed'});
	else if (query !== undefined) store.dispatch({type: 'ui/query-cleared', id: query});
	else if (list !== undefined && ui.lists[list].filter !== '')
		store.dispatch({type: 'ui/filter-cleared', list});
	else if (list !== undefined && ui.lists[list].marks.size > 0)
		store.dispatch({type: 'ui/marks-set', list, keys: []});
	else if (state.stats.view.cursorAt !== undefined) store.dispatch({type: 'stats/cursor-set', at: undefined});
	else store.dispatch(wayBack(ui.screen));
};

export const backCommand = (scope: 'container' | 'image' | 'reader'): Command => ({
	id: `${scope}.back`,
	scope,
	title: 'back',
	help: 'Clears the filter and the marks, then goes back to where one came from',
	keys: ['esc'],
	group: 'navigate',
	isKeyOnly: true,
	inFooter: 0,
	run: leave,
});

export const leaveCommand = (scope: 'container' | 'image' | 'reader'): Command => ({
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
	...tabSteps({
		scope: 'container',
		keys: [
			[']', 'tab'],
			['[', 'shift-tab'],
		],
		tabs: containerTabs,
		current: ({ui: {screen}}) => (screen.kind === 'container' ? screen.tab : undefined),
		open: (context, tab) => {
			openTab(context, [], tab);
		},
	}),
	backCommand('container'),
	leaveCommand('container'),
	backCommand('reader'),
	leaveCommand('reader'),
];
