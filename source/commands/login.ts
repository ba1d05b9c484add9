import {EngineError} from '../engine/errors.ts';
import {type CredentialStore, hubHost} from '../registry/accounts-port.ts';
import {parseRegistryHost} from '../registry/host.ts';
import {checkUsername, logIn, storeName} from '../registry/login.ts';
import type {RegistryHost} from '../registry/types.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, FormSpec} from '../state/overlays.ts';
import {offlineReason} from './container-actions.ts';
import {showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

export const accountReason = (state: State): string | undefined =>
	state.ui.isReadOnly ? 'read-only session: accounts stay as they are' : undefined;

const hostOf = (text: string): RegistryHost => {
	const parsed = parseRegistryHost(text);
	if (!parsed.ok) throw new FormProblem(parsed.reason, 'host');
	return parsed.value;
};

const checkHost = (value: string): string | undefined => {
	const parsed = parseRegistryHost(value);
	return parsed.ok ? undefined : parsed.reason;
};

const keepingHint = ({prefill = {}}: CommandInput): string => {
	if (prefill.memory !== undefined) return 'not needed: nothing is written, it is forgotten at the end';
	return prefill.helper === undefined
		? `keep it readable in ${prefill.file ?? 'config.json'}`
		: `not needed: ${prefill.helper} keeps it`;
};

/** The first that is still to be said. */
const startOf = ({argument, prefill}: CommandInput): string => {
	if (argument === undefined && prefill?.host === undefined) return 'host';
	return prefill?.username === undefined ? 'username' : 'password';
};

const loginForm = (_: State, input: CommandInput): FormSpec => ({
	title: 'Log in to a registry',
	action: 'Log in',
	start: startOf(input),
	fields: [
		{
			id: 'host',
			label: 'Registry',
			hint: `host[:port]; ${hubHost} when empty`,
			kind: 'text',
			initial: input.prefill?.host ?? input.argument?.trim() ?? '',
			check: checkHost,
		},
		{
			id: 'username',
			label: 'User',
			hint: 'name of the account',
			kind: 'text',
			initial: input.prefill?.username ?? '',
			check: checkUsername,
		},
		{
			id: 'password',
			label: 'Password',
			hint: 'or an access token; never shown',
			kind: 'secret',
			initial: '',
			check: value => (value === '' ? 'a password or an access token is needed' : undefined),
		},
		{
			id: 'plain',
			label: 'Plain file',
			hint: keepingHint(input),
			kind: 'toggle',
			initial: input.prefill?.plain ?? '',
		},
	],
});

/** What is known of the registry, of this machine alone: no helper is asked, some would ask back. */
const known = async (
	{registries, signal}: CommandContext,
	input: CommandInput,
): Promise<Readonly<Record<string, string>>> => {
	const {accounts} = await registries();
	const parsed = parseRegistryHost(input.argument ?? '');
	const host = parsed.ok ? parsed.value : hubHost;
	const store = await accounts.storeFor(host);
	if (store.kind === 'helper') return {helper: storeName(store)};
	if (store.kind === 'environment') return {};
	if (store.kind === 'memory') return {memory: 'yes'};
	const own = await accounts.credentialsFor(host, signal);
	return {
		file: store.path,
		// Who has it there already has been warned.
		...(own === undefined || !parsed.ok ? {} : {plain: 'yes'}),
		...(own?.kind === 'password' ? {username: own.username} : {}),
	};
};

const checkPlace = (host: RegistryHost, store: CredentialStore, isPlainFine: boolean): void => {
	if (store.kind === 'environment')
		throw new FormProblem(`the account for ${host} is in ${store.variable}: change it there`, 'host');
	if (store.kind === 'file' && !isPlainFine)
		throw new FormProblem(
			`no credential helper is set for ${host}: what is typed would be kept readable in ${store.path} (for you alone). If that is fine: space, enter.`,
			'plain',
		);
};

/** Never what was typed: neither in what is thrown, nor in what is told. */
export const loginCommand: Command = {
	id: 'accounts.login',
	scope: 'global',
	title: 'login',
	help: 'Logs in to a registry, as docker login does: checked by the engine, kept by the credential helper or in config.json',
	keys: [],
	group: 'act',
	argument: '[HOST]',
	disabledReason: state => accountReason(state) ?? offlineReason(state),
	prefill: async (context, input) => {
		const host = input.argument?.trim();
		return {...(await known(context, input)), ...(host === undefined ? {} : {host})};
	},
	form: loginForm,
	run: async (context, {values = {}}) => {
		const {registries, secrets, engine, signal} = context;
		const password = secrets.read();
		const host = hostOf(values.host ?? '');
		const {username = ''} = values;
		const {accounts} = await registries();
		checkPlace(host, await accounts.storeFor(host), values.plain === 'yes');
		try {
			const check = engine.checkAuth;
			const store = await logIn({accounts, check}, host, {username, password}, signal);
			context.store.dispatch({type: 'registry/accounts-changed'});
			const place = store.kind === 'helper' ? 'kept by' : 'kept in';
			showSuccess(context, `logged in to ${host} as ${username}, ${place} ${storeName(store)}`);
		} catch (error) {
			if (!(error instanceof EngineError && error.kind === 'auth')) throw error;
			secrets.forget();
			throw new FormProblem(error.message, 'password');
		}
	},
};
