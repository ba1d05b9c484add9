import type {State} from '../state/model.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey, focusedList} from '../state/selectors/rows.ts';
import {listOf} from '../state/slices/registry-parts.ts';
import type {RegistryPlace} from '../state/views/registry.ts';
import {argumentForm, argumentOf} from './argument-form.ts';
import {hostCommands} from './registry-hosts.ts';
import {registryLevelCommands} from './registry-levels.ts';
import {currentHost, goTo, goUp, namePrefix, needsHost, parsed, parsePlace} from './registry-places.ts';
import type {Command, CommandContext} from './types.ts';

const placeRule = 'host, host/repository or host/repository:tag';

/** Where it was left; from there to the top. */
const openAgain = (state: State): RegistryPlace =>
	state.ui.screen.kind === 'registry' || state.registry === undefined
		? {level: 'registries'}
		: state.registry.place;

const openCommand: Command = {
	id: 'app.registries',
	scope: 'global',
	title: 'registries',
	help: 'Browses registries: their repositories, tags and manifests; again: goes to the top',
	keys: ['B'],
	group: 'navigate',
	inFooter: 83,
	argument: '[HOST[/REPOSITORY[:TAG]]]',
	form: (state, input) =>
		argumentForm(input, text => parsePlace(text, state), {
			title: 'Browse a registry',
			action: 'Open',
			label: 'Name',
			hint: placeRule,
		}),
	run: (context, input) => {
		const state = context.store.getState();
		const argument = argumentOf(input);
		goTo(
			context,
			argument === undefined ? openAgain(state) : parsed(parsePlace(argument, state), 'argument'),
		);
	},
};

/** What esc goes back from, the innermost first. */
const back = (context: CommandContext): void => {
	const {store} = context;
	const state = store.getState();
	const {toasts, lists} = state.ui;
	const list = focusedList(state);
	if (toasts.length > 0) store.dispatch({type: 'ui/toasts-dismissed'});
	else if (list !== undefined && lists[list].filter !== '') store.dispatch({type: 'ui/filter-cleared', list});
	else if (list !== undefined && lists[list].marks.size > 0)
		store.dispatch({type: 'ui/marks-set', list, keys: []});
	else goUp(context);
};

/** Reads again what is on the screen; the cursor waits for its row. */
const reread = ({store}: CommandContext): void => {
	const state = store.getState();
	const list = focusedList(state);
	const key = list === undefined ? undefined : cursorRowKey(state, list);
	store.dispatch({type: 'registry/reread'});
	if (list !== undefined && key !== undefined) store.dispatch({type: 'ui/landed', list, key});
};

const account = (name: 'login' | 'logout', key: string, title: string, help: string): Command => ({
	id: `registry.${name}`,
	scope: 'registry',
	title,
	help,
	keys: [key],
	group: 'act',
	inFooter: name === 'login' ? 5 : 30,
	isKeyOnly: true,
	disabledReason: needsHost,
	run: ({store, invoke}) => {
		const host = currentHost(store.getState());
		if (host !== undefined) invoke(`accounts.${name}`, {argument: host});
	},
});

const pagedList = (state: State) =>
	openPlace(state) === undefined || state.registry === undefined ? undefined : listOf(state.registry);

const isScanning = (state: State): boolean =>
	[...(state.registry?.repositories.values() ?? [])].some(view => view.isScanning);

const everywhere: readonly Command[] = [
	{
		id: 'registry.back',
		scope: 'registry',
		title: 'up',
		help: 'Clears the filter and the marks, then goes one level up, and from the top back',
		keys: ['esc'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 0,
		run: back,
	},
	{
		id: 'registry.reread',
		scope: 'registry',
		title: 'read again',
		help: 'Asks the registry again for what is on the screen',
		keys: ['r', 'ctrl-r'],
		group: 'view',
		inFooter: 20,
		disabledReason: state => (openPlace(state) === undefined ? 'no registry is open' : undefined),
		run: reread,
	},
	{
		id: 'registry.stop',
		scope: 'registry',
		title: 'stop',
		help: 'Stops reading the list; what was read stays',
		keys: ['x'],
		group: 'view',
		isKeyOnly: true,
		disabledReason: state =>
			pagedList(state)?.status === 'reading' || isScanning(state) ? undefined : 'no list is being read',
		run: ({store}) => {
			store.dispatch({type: 'registry/stopped'});
		},
	},
	{
		id: 'registry.more',
		scope: 'registry',
		title: 'more',
		help: 'Reads on where the list was stopped',
		keys: ['m'],
		group: 'view',
		isKeyOnly: true,
		disabledReason: state => {
			const list = pagedList(state);
			if (list?.status === 'reading') return 'it is being read';
			return list?.status === 'stopped' || list?.next !== undefined ? undefined : 'all of it was read';
		},
		run: ({store}) => {
			store.dispatch({type: 'registry/continued'});
		},
	},
	{
		id: 'registry.name',
		scope: 'registry',
		title: 'by name',
		help: 'Opens a repository or a tag by its name, listed or not',
		keys: ['n'],
		group: 'navigate',
		inFooter: 6,
		form: state => ({
			title: 'Open by name',
			action: 'Open',
			fields: [
				{
					id: 'name',
					label: 'Name',
					hint: placeRule,
					kind: 'text',
					initial: namePrefix(state),
					check: text => {
						const place = parsePlace(text, state);
						return place.ok ? undefined : place.reason;
					},
				},
			],
		}),
		run: (context, {values = {}}) => {
			goTo(context, parsed(parsePlace(values.name ?? '', context.store.getState()), 'name'));
		},
	},
	account('login', 'L', 'log in', 'Logs in to the registry'),
	account('logout', 'X', 'log out', 'Logs out of the registry'),
	{
		id: 'registry.search',
		scope: 'registry',
		title: 'search',
		help: 'Searches Docker Hub',
		keys: ['S'],
		group: 'navigate',
		inFooter: 7,
		isKeyOnly: true,
		run: ({invoke}) => {
			invoke('search.open');
		},
	},
];

export const registryCommands: readonly Command[] = [
	openCommand,
	...hostCommands,
	...registryLevelCommands,
	...everywhere,
];
