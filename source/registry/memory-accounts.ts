import type {Accounts, Login} from './accounts-port.ts';
import type {RegistryHost} from './types.ts';

/** Accounts that nothing is kept of: neither read from this machine nor written to it. */
export const createMemoryAccounts = (): Accounts => {
	const logins = new Map<RegistryHost, Login>();
	const store = {kind: 'memory'} as const;
	return {
		credentialsFor: async host => logins.get(host)?.credentials,
		list: async () =>
			[...logins].map(([host, {username}]) => ({host, store, ...(username !== undefined && {username})})),
		storeFor: async () => store,
		store: async (host, login) => {
			logins.set(host, login);
			return store;
		},
		erase: async host => logins.delete(host),
	};
};
