import type {Account} from '../registry/accounts-port.ts';
import {parseRegistryHost} from '../registry/host.ts';
import {storeName} from '../registry/login.ts';
import type {CommandInput} from '../state/overlays.ts';
import {argumentForm, argumentOf} from './argument-form.ts';
import {accountReason} from './login.ts';
import {showInfo, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const nameOf = ({username, store}: Account): string =>
	`${username === undefined ? '' : `${username}, `}${storeName(store)}`;

const saidHost = (input: CommandInput): string | undefined => {
	const said = input.values?.host ?? argumentOf(input);
	if (said === undefined) return undefined;
	const parsed = parseRegistryHost(said);
	return parsed.ok ? parsed.value : undefined;
};

/** Which one is asked when all are known, which may take a helper a moment. */
const ask = async (context: CommandContext): Promise<void> => {
	const {accounts} = await context.registries();
	const list = await accounts.list(context.signal);
	const [first] = list;
	if (first === undefined) showInfo(context, 'nobody is logged in to any registry');
	else if (list.length === 1) context.invoke('accounts.logout', {argument: first.host});
	else {
		const prefill = Object.fromEntries(list.map(account => [account.host, nameOf(account)]));
		context.invoke('accounts.logout', {prefill});
	}
};

const spec = {
	title: 'Log out of a registry',
	action: 'Go on',
	label: 'Registry',
	hint: 'host[:port]',
} as const;

export const logoutCommand: Command = {
	id: 'accounts.logout',
	scope: 'global',
	title: 'logout',
	help: 'Forgets the account of a registry, as docker logout does; asks first',
	keys: [],
	group: 'act',
	argument: '[HOST]',
	disabledReason: accountReason,
	form: (_, input) => argumentForm(input, parseRegistryHost, spec),
	choice: (_, {argument, prefill}) =>
		argument !== undefined || prefill === undefined
			? undefined
			: {
					title: 'Log out of which registry?',
					field: 'host',
					items: Object.entries(prefill).map(([host, note]) => ({id: host, label: host, note})),
				},
	confirm: (_, input) => {
		const host = saidHost(input);
		if (host === undefined) return undefined;
		return {
			title: `Log out of ${host}?`,
			lines: [
				'The docker command on this machine is logged out with it. What runs and what was pulled stays.',
			],
			action: 'Log out',
			toggles: [],
		};
	},
	run: async (context, input) => {
		const host = saidHost(input);
		if (host === undefined) return ask(context);
		// What was put right is asked about like what was right at once.
		if (input.values?.argument !== undefined) {
			context.invoke('accounts.logout', {argument: host});
			return;
		}
		const {accounts} = await context.registries();
		const wasThere = await accounts.erase(host, context.signal);
		context.store.dispatch({type: 'registry/accounts-changed'});
		if (wasThere) showSuccess(context, `logged out of ${host}`);
		else showInfo(context, `nobody was logged in to ${host}`);
	},
};
