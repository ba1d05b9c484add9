import {systemClock} from '../clock.ts';
import type {RegistryAccess, RegistrySurroundings} from './access-port.ts';
import type {Accounts} from './accounts-port.ts';
import {createRegistryClient} from './client.ts';
import {certificateFolders} from './http/certificates.ts';
import type {RegistryHost} from './types.ts';

type Made = ReturnType<typeof createRegistryClient>;

/**
 * Every registry by its client, made once. Who logs in or out by these accounts asks as somebody else from then on.
 */
export const createAccess = (surroundings: RegistrySurroundings, accounts: Accounts): RegistryAccess => {
	const made = new Map<string, Made & {readonly host: RegistryHost}>();
	const folders = certificateFolders(surroundings);
	const clock = surroundings.clock ?? systemClock;
	const forget = (host: RegistryHost): void => {
		for (const each of made.values()) if (each.host === host) each.forget();
	};
	return {
		accounts: {
			...accounts,
			store: async (host, credentials, signal) => {
				const store = await accounts.store(host, credentials, signal);
				forget(host);
				return store;
			},
			erase: async (host, signal) => {
				const wasThere = await accounts.erase(host, signal);
				forget(host);
				return wasThere;
			},
		},
		client(host, security) {
			const key = `${host} ${security.isInsecure}`;
			const known = made.get(key);
			if (known !== undefined) return known.client;
			const {env, socketPath} = surroundings;
			const through = socketPath === undefined ? {} : {socketPath};
			const fresh = createRegistryClient({host, security, folders, env, clock, accounts, ...through});
			made.set(key, {...fresh, host});
			return fresh.client;
		},
	};
};
