import {join} from 'node:path';
import type {RegistrySurroundings} from '../access-port.ts';
import type {CredentialStore} from '../accounts-port.ts';
import type {RegistryHost} from '../types.ts';
import {type ClientConfig, parseClientConfig} from './client-config.ts';
import {readConfigText} from './config-file.ts';
import {defaultHelper} from './default-helper.ts';
import {keyOf, keysFor} from './entries.ts';

/** Accounts of a job rather than of a machine; since docker 28.2. */
export const environmentVariable = 'DOCKER_AUTH_CONFIG';

/** What was read at one time. */
export type Reading = {
	/** As it stands in the file; nothing when there is none. */
	readonly text: string | undefined;
	readonly config: ClientConfig;
	/** The helper that is used although the file does not name it. */
	readonly assumedHelper?: string;
};

export const configPath = ({env, home}: RegistrySurroundings): string =>
	join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json');

/** @throws AccountError */
export const readPlace = async (surroundings: RegistrySurroundings): Promise<Reading> => {
	const path = configPath(surroundings);
	const text = readConfigText(path);
	const config = parseClientConfig(text ?? '', path);
	const {auths, credHelpers, credsStore} = config;
	if (credsStore !== undefined || auths.size > 0 || credHelpers.size > 0) return {text, config};
	const assumedHelper = await defaultHelper(surroundings.env);
	return {text, config, ...(assumedHelper === undefined ? {} : {assumedHelper})};
};

/** @throws AccountError */
export const readEnvironment = ({env}: RegistrySurroundings): ClientConfig =>
	parseClientConfig(env[environmentVariable] ?? '', environmentVariable);

/** Where docker looks for the account of a registry, and puts it; the environment aside. */
export const storeIn = (
	{config, assumedHelper}: Reading,
	host: RegistryHost,
	path: string,
): Exclude<CredentialStore, {kind: 'environment' | 'memory'}> => {
	// Named with an empty name it is the file for that one.
	const own = config.credHelpers.get(keyOf(host));
	const name = own ?? config.credsStore ?? assumedHelper ?? '';
	return name === '' ? {kind: 'file', path} : {kind: 'helper', name};
};

export const isInEnvironment = (surroundings: RegistrySurroundings, host: RegistryHost): boolean =>
	keysFor(host, readEnvironment(surroundings).auths.keys()).length > 0;
