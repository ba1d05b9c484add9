import type {Clock} from '../clock.ts';
import type {Accounts} from './accounts-port.ts';
import type {RegistryClient} from './client-port.ts';
import type {RegistryHost, RegistrySecurity} from './types.ts';

/** What of this machine registries are asked with. */
export type RegistryAccess = {
	readonly accounts: Accounts;
	/** The same client for the same host and security: what it has learnt (tokens, how to reach it) stays. */
	readonly client: (host: RegistryHost, security: RegistrySecurity) => RegistryClient;
};

export type RegistrySurroundings = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	/** Folders with the certificates of registries; those of docker when absent. */
	readonly certificates?: readonly string[];
	/** The one socket that every registry is asked over, whatever its host: nothing goes out to a network then. */
	readonly socketPath?: string;
	/** The time of tests. */
	readonly clock?: Clock;
};

/** Makes it when first used: its code is loaded then. */
export type OpenRegistries = () => Promise<RegistryAccess>;
