import {sanitise} from '../../format/sanitise.ts';
import type {RegistrySurroundings} from '../access-port.ts';
import {type Account, AccountError, type Login} from '../accounts-port.ts';
import type {Credentials, RegistryHost} from '../types.ts';
import type {ClientConfig} from './client-config.ts';
import {hostOf, keyOf, keysFor, readEntry} from './entries.ts';
import {openHelper} from './helper.ts';
import {configPath, environmentVariable, readEnvironment, readPlace, storeIn} from './place.ts';

const entryIn = ({auths}: ClientConfig, host: RegistryHost, name: string): Login | undefined => {
	for (const key of keysFor(host, auths.keys())) {
		const entry = readEntry(auths.get(key) ?? {}, `${name}: "auths", "${sanitise(key)}"`);
		if (entry !== undefined) return entry;
	}
	return undefined;
};

/** A variable that cannot be read does not hide the file, as with docker; it is told when nothing else is found. */
const fromEnvironment = (
	surroundings: RegistrySurroundings,
	host: RegistryHost,
): {readonly entry?: Login; readonly error?: AccountError} => {
	try {
		const entry = entryIn(readEnvironment(surroundings), host, environmentVariable);
		return entry === undefined ? {} : {entry};
	} catch (error) {
		if (error instanceof AccountError) return {error};
		throw error;
	}
};

/** @throws AccountError */
export const findCredentials = async (
	surroundings: RegistrySurroundings & {readonly limitMs?: number},
	host: RegistryHost,
	signal: AbortSignal,
): Promise<Credentials | undefined> => {
	const told = fromEnvironment(surroundings, host);
	if (told.entry !== undefined) return told.entry.credentials;
	const path = configPath(surroundings);
	const reading = await readPlace(surroundings);
	const store = storeIn(reading, host, path);
	const found =
		store.kind === 'file'
			? entryIn(reading.config, host, path)
			: await openHelper(store.name, surroundings).get(keyOf(host), signal);
	if (found === undefined && told.error !== undefined) throw told.error;
	return found?.credentials;
};

const named = (username: string | undefined): {readonly username?: string} =>
	username === undefined || username === '' || username === '<token>' ? {} : {username};

const accountsIn = ({auths}: ClientConfig, name: string, store: Account['store']): readonly Account[] =>
	Array.from(auths, ([key, fields]): readonly Account[] => {
		const host = hostOf(key);
		const entry = readEntry(fields, `${name}: "auths", "${sanitise(key)}"`);
		return host === undefined || entry === undefined ? [] : [{host, ...named(entry.username), store}];
	}).flat();

/** Of the helper for every registry. */
const accountsOfHelper = async (
	name: string,
	surroundings: RegistrySurroundings,
	signal: AbortSignal,
): Promise<readonly Account[]> => {
	const names = await openHelper(name, surroundings).list(signal);
	return Array.from(names, ([key, username]): readonly Account[] => {
		const host = hostOf(key);
		return host === undefined ? [] : [{host, ...named(username), store: {kind: 'helper', name}}];
	}).flat();
};

/** Of a helper for one registry. Some cannot list; then it may have one. */
const accountOfHelper = async (
	key: string,
	name: string,
	surroundings: RegistrySurroundings,
	signal: AbortSignal,
): Promise<readonly Account[]> => {
	const host = hostOf(key);
	if (host === undefined || name === '') return [];
	const store = {kind: 'helper', name} as const;
	try {
		const names = await openHelper(name, surroundings).list(signal);
		const [found] = keysFor(host, names.keys());
		return found === undefined ? [] : [{host, ...named(names.get(found)), store}];
	} catch (error) {
		if (!(error instanceof AccountError)) throw error;
		return [{host, store}];
	}
};

/** What comes first counts, as it does when credentials are looked for. @throws AccountError */
export const listAccounts = async (
	surroundings: RegistrySurroundings & {readonly limitMs?: number},
	signal: AbortSignal,
): Promise<readonly Account[]> => {
	const path = configPath(surroundings);
	const reading = await readPlace(surroundings);
	const {config, assumedHelper} = reading;
	const general = config.credsStore ?? assumedHelper;
	const inFile = accountsIn(config, path, {kind: 'file', path});
	const found = await Promise.all([
		accountsIn(readEnvironment(surroundings), environmentVariable, {
			kind: 'environment',
			variable: environmentVariable,
		}),
		...Array.from(config.credHelpers, ([key, name]) => accountOfHelper(key, name, surroundings, signal)),
		general === undefined ? [] : accountsOfHelper(general, surroundings, signal),
		inFile.filter(({host}) => storeIn(reading, host, path).kind === 'file'),
	]);
	const byHost = new Map<RegistryHost, Account>();
	for (const account of found.flat()) if (!byHost.has(account.host)) byHost.set(account.host, account);
	return [...byHost.values()].toSorted((a, b) => (a.host < b.host ? -1 : 1));
};
