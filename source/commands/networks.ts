import type {EndpointSpec} from '../engine/calls/network-calls.ts';
import type {Container} from '../engine/types.ts';
import {counted} from '../format/counted.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, FieldSpec} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {textValue} from '../state/text-edit.ts';
import {
	actOnContainers,
	chosenContainers,
	containerReason,
	containerTargets,
	namesOf,
} from './container-actions.ts';
import {networkItems} from './network-items.ts';
import {showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const connectId = 'containers.connect';

const whoOf = (containers: readonly Container[]): string =>
	containers.length === 1 ? (containers[0]?.name ?? '') : counted(containers.length, 'container');

/** The networks that any of them is on. */
const networksOf = (containers: readonly Container[]): readonly string[] =>
	[...new Set(containers.flatMap(({networks}) => networks))].toSorted();

/** Asks the engine which networks there are, and then the person. */
const chooseNetwork = async (context: CommandContext, input: CommandInput): Promise<void> => {
	const {store, engine, signal} = context;
	const networks = await engine.listNetworks(signal);
	const state = store.getState();
	const chosen = containersNamed(state, input.targets);
	// Who has gone on to something else meanwhile is not called back.
	if (chosen.length === 0 || state.ui.overlays.length > 0) return;
	const spec = {
		title: `Connect ${whoOf(chosen)} to`,
		field: 'network',
		items: networkItems(networks, chosen),
	};
	store.dispatch({
		type: 'ui/overlay-opened',
		overlay: {kind: 'choice', commandId: connectId, input, spec, cursor: 0},
	});
};

const text = (id: string, label: string, hint: string, initial = ''): FieldSpec => ({
	id,
	label,
	hint,
	kind: 'text',
	initial,
});

/** How it is to be known there; of several containers no address can be given. */
const askEndpoint = ({store}: CommandContext, targets: readonly string[], network: string): void => {
	const chosen = containersNamed(store.getState(), targets);
	const fields: readonly FieldSpec[] = [
		{
			...text('network', 'Network', 'a name or an id', network),
			check: value => (value.trim() === '' ? 'a network has to be named' : undefined),
		},
		text('aliases', 'Aliases', 'further names on it, one after the other'),
		...(chosen.length === 1
			? [text('ipv4', 'IPv4', 'the engine chooses'), text('ipv6', 'IPv6', 'the engine chooses')]
			: []),
	];
	store.dispatch({
		type: 'ui/overlay-opened',
		overlay: {
			kind: 'form',
			commandId: connectId,
			input: {targets},
			spec: {title: `Connect ${whoOf(chosen)} to a network`, action: 'Connect', fields},
			values: Object.fromEntries(fields.map(field => [field.id, textValue(field.initial)])),
			cursor: 1,
			isBusy: false,
		},
	});
};

/** Of a container that does not run the engine tells nobody. */
const lookAgain = ({store}: CommandContext, targets: readonly string[]): void => {
	const ids = containersNamed(store.getState(), targets).map(({id}) => id);
	store.dispatch({type: 'ui/look-wanted', ids});
};

const words = (line: string): readonly string[] => line.split(/[\s,]+/).filter(word => word !== '');

const connect = async (
	context: CommandContext,
	targets: readonly string[],
	network: string,
	endpoint: EndpointSpec,
): Promise<void> => {
	const {store, engine, signal} = context;
	const [only, ...others] = containersNamed(store.getState(), targets);
	if (only === undefined) return;
	if (others.length === 0) {
		// What is refused goes into the form, with all that was typed.
		await engine.connectNetwork(network, only.id, endpoint, signal);
		lookAgain(context, targets);
		showSuccess(context, `${only.name} connected to ${network}`);
		return;
	}
	const isElsewhere = ({networks}: Container): boolean => !networks.includes(network);
	if (![only, ...others].some(isElsewhere)) throw new Error(`all of them are on ${network} already`);
	const action = {
		id: connectId,
		verb: 'connecting',
		done: `connected to ${network}`,
		infinitive: `connect to ${network}:`,
		applies: isElsewhere,
	};
	await actOnContainers(context, targets, action, async ({id}) =>
		engine.connectNetwork(network, id, endpoint, signal),
	);
	lookAgain(context, targets);
};

const connectCommand: Command = {
	id: connectId,
	scope: 'containers',
	title: 'connect',
	help: 'Connects to a network, with names and an address of your choice',
	keys: [],
	group: 'danger',
	argument: 'NETWORK [ALIAS]',
	targets: containerTargets,
	disabledReason: containerReason(),
	run: async (context, input) => {
		const {values, argument, targets} = input;
		if (values?.aliases !== undefined) {
			const {network = '', aliases, ipv4 = '', ipv6 = ''} = values;
			await connect(context, targets, network, {aliases: words(aliases), ipv4, ipv6});
		} else if (values?.network !== undefined) {
			askEndpoint(context, targets, values.network);
		} else if (argument !== undefined) {
			const [network = '', ...aliases] = words(argument);
			await connect(context, targets, network, {aliases, ipv4: '', ipv6: ''});
		} else {
			await chooseNetwork(context, input);
		}
	},
};

/** The one that is meant: named, chosen, or the only one there is. */
const leftNetwork = (state: State, {values, argument, targets}: CommandInput): string | undefined => {
	const known = networksOf(containersNamed(state, targets));
	return values?.network ?? argument?.trim() ?? (known.length === 1 ? known[0] : undefined);
};

const disconnectCommand: Command = {
	id: 'containers.disconnect',
	scope: 'containers',
	title: 'disconnect',
	help: 'Disconnects from a network; asks first',
	keys: [],
	group: 'danger',
	argument: 'NETWORK',
	targets: containerTargets,
	disabledReason: state =>
		containerReason()(state) ??
		(networksOf(chosenContainers(state)).length === 0 ? 'it is on no network' : undefined),
	choice: (state, input) => {
		if (leftNetwork(state, input) !== undefined) return undefined;
		const chosen = containersNamed(state, input.targets);
		return {
			title: `Disconnect ${whoOf(chosen)} from`,
			field: 'network',
			items: networksOf(chosen).map(name => ({
				id: name,
				label: name,
				...(chosen.length > 1 && {
					note: `${chosen.filter(({networks}) => networks.includes(name)).length} of ${chosen.length} are on it`,
				}),
			})),
		};
	},
	confirm: (state, input) => {
		const network = leftNetwork(state, input);
		const all = containersNamed(state, input.targets);
		const chosen = network === undefined ? [] : all.filter(({networks}) => networks.includes(network));
		// Nobody is on it: the engine says so in its own words.
		const who = chosen.length === 0 ? all : chosen;
		if (network === undefined || who.length === 0) return undefined;
		const isLast = who.some(({networks}) => networks.length === 1);
		return {
			title: `Disconnect ${whoOf(who)} from ${network}?`,
			lines: [
				`${namesOf(who)} ${who.length === 1 ? 'leaves' : 'leave'} the network ${network}.`,
				'Open connections over it break, and nobody on it finds what has left.',
				...(isLast ? [who.length === 1 ? 'It is its only network.' : 'Some of them have no other.'] : []),
			],
			action: 'Disconnect',
			toggles: [{id: 'force', key: 'f', label: 'force: also when its end of the network is broken'}],
		};
	},
	run: async (context, input) => {
		const network = leftNetwork(context.store.getState(), input);
		if (network === undefined) return;
		const options = {force: input.values?.force === 'yes'};
		const isMany = input.targets.length > 1;
		const action = {
			id: 'containers.disconnect',
			verb: 'disconnecting',
			done: `disconnected from ${network}`,
			infinitive: `disconnect from ${network}:`,
			applies: ({networks}: Container) => !isMany || networks.includes(network),
		};
		await actOnContainers(context, input.targets, action, async ({id}) =>
			context.engine.disconnectNetwork(network, id, options, context.signal),
		);
		lookAgain(context, input.targets);
	},
};

const onNetworkTab = (command: Command, key: string, rank: number): Command => ({
	id: command.id.replace('containers.', 'network.'),
	scope: 'network',
	title: command.title,
	help: command.help,
	keys: [key],
	group: command.group,
	isKeyOnly: true,
	inFooter: rank,
	...(command.disabledReason && {disabledReason: command.disabledReason}),
	run: ({invoke}) => {
		invoke(command.id);
	},
});

export const networkCommands: readonly Command[] = [
	connectCommand,
	disconnectCommand,
	onNetworkTab(connectCommand, '+', 0.1),
	onNetworkTab(disconnectCommand, '-', 0.2),
];
