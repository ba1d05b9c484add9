import type {RegistryAccess} from './access-port.ts';
import {RegistryError, type RegistryHost} from './types.ts';

const refused = (host: RegistryHost): Promise<never> =>
	Promise.reject(new RegistryError('unsupported', host, `${host}: registries cannot be asked yet`));

/** Nobody is logged in anywhere, and no registry is known. */
export const noRegistries: RegistryAccess = {
	accounts: {
		credentialsFor: async () => undefined,
		list: async () => [],
		storeFor: async () => ({kind: 'file', path: ''}),
		store: async () => ({kind: 'file', path: ''}),
		erase: async () => false,
	},
	client: host => ({
		host,
		ping: () => refused(host),
		repositories: () => refused(host),
		tags: () => refused(host),
		head: () => refused(host),
		manifest: () => refused(host),
		config: () => refused(host),
		referrers: () => refused(host),
		deleteManifest: () => refused(host),
	}),
};
