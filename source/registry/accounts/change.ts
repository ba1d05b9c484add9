import type {RegistrySurroundings} from '../access-port.ts';
import {AccountError, type CredentialStore, type Login} from '../accounts-port.ts';
import type {RegistryHost} from '../types.ts';
import {withAccount, withoutAccounts} from './config-change.ts';
import {replaceConfigText} from './config-file.ts';
import {keyOf, keysFor} from './entries.ts';
import {openHelper} from './helper.ts';
import {configPath, environmentVariable, isInEnvironment, type Reading, readPlace, storeIn} from './place.ts';

type Surroundings = RegistrySurroundings & {readonly limitMs?: number};

/** How often somebody else may write the file while we are at it. */
const mostTries = 20;

/** @param isSecret whether what is written holds a secret that the file did not hold */
const rewrite = async (
	surroundings: Surroundings,
	isSecret: (reading: Reading) => boolean,
	change: (reading: Reading) => string,
): Promise<void> => {
	const path = configPath(surroundings);
	for (let tries = 0; tries < mostTries; tries += 1) {
		const reading = await readPlace(surroundings);
		const before = reading.text;
		const after = change(reading);
		if (after === (before ?? '')) return;
		if (await replaceConfigText(path, {before, after, isSecret: isSecret(reading)})) return;
	}
	throw new AccountError(`${path} is being written by somebody else all the time`);
};

const refuseEnvironment = (surroundings: Surroundings, host: RegistryHost): void => {
	if (isInEnvironment(surroundings, host))
		throw new AccountError(`the account for ${host} is in ${environmentVariable}: change it there`);
};

/** @returns where it was put @throws AccountError */
export const keepLogin = async (
	surroundings: Surroundings,
	host: RegistryHost,
	login: Login,
	signal: AbortSignal,
): Promise<CredentialStore> => {
	refuseEnvironment(surroundings, host);
	const path = configPath(surroundings);
	const place = storeIn(await readPlace(surroundings), host, path);
	const key = keyOf(host);
	if (place.kind === 'helper') await openHelper(place.name, surroundings).store(key, login, signal);
	await rewrite(
		surroundings,
		() => place.kind === 'file',
		({text = '', assumedHelper}) =>
			place.kind === 'file'
				? withAccount(text, {key, login})
				: withAccount(text, {key, ...(assumedHelper === undefined ? {} : {credsStore: assumedHelper})}),
	);
	return place;
};

/** @returns whether the helper had an account there, under one name or another */
const eraseInHelper = async (
	name: string,
	surroundings: Surroundings,
	host: RegistryHost,
	signal: AbortSignal,
): Promise<boolean> => {
	const helper = openHelper(name, surroundings);
	const listed = await helper.list(signal).catch((error: unknown) => {
		// Some cannot list.
		if (error instanceof AccountError && !signal.aborted) return undefined;
		throw error;
	});
	const found = listed === undefined ? [keyOf(host)] : keysFor(host, listed.keys());
	let hadOne = false;
	for (const key of found) if (await helper.erase(key, signal)) hadOne = true;
	return hadOne;
};

/** @returns whether there was something to forget @throws AccountError */
export const forgetLogin = async (
	surroundings: Surroundings,
	host: RegistryHost,
	signal: AbortSignal,
): Promise<boolean> => {
	refuseEnvironment(surroundings, host);
	const path = configPath(surroundings);
	const place = storeIn(await readPlace(surroundings), host, path);
	let hadOne = place.kind === 'helper' && (await eraseInHelper(place.name, surroundings, host, signal));
	await rewrite(
		surroundings,
		() => false,
		({text = '', config}) => {
			const keys = keysFor(host, config.auths.keys());
			hadOne ||= keys.length > 0;
			return withoutAccounts(text, keys);
		},
	);
	return hadOne;
};
