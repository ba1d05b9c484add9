import type {RegistryAuth} from '../engine/registry-types.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import {remoteReference} from '../registry/reference.ts';

/**
 * Who asks the registry of an image: the account that this machine has there, if any.
 * @throws AccountError when it has one that cannot be read
 */
export const registryAuth = async (
	registries: OpenRegistries,
	reference: string,
	signal: AbortSignal,
): Promise<RegistryAuth | undefined> => {
	const remote = remoteReference(reference);
	if (remote === undefined) return undefined;
	const {accounts} = await registries();
	const credentials = await accounts.credentialsFor(remote.host, signal);
	return credentials && {host: remote.host, credentials};
};
