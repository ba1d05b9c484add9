import type {RegistryAuth} from '../engine/registry-types.ts';
import {registryAuth} from '../feed/registry-auth.ts';
import {AccountError} from '../registry/accounts-port.ts';
import type {Surroundings} from './surroundings.ts';

/** As docker does, goes on as anybody when the accounts of this machine cannot be read. */
export const authFor = async (
	{registries, complain}: Surroundings,
	reference: string,
	signal: AbortSignal,
): Promise<RegistryAuth | undefined> => {
	try {
		return await registryAuth(registries, reference, signal);
	} catch (error) {
		if (!(error instanceof AccountError)) throw error;
		complain(`${error.message}; going on without an account`);
		return undefined;
	}
};
