import type {RegistryAccess, RegistrySurroundings} from './access-port.ts';
import {createAccounts} from './accounts.ts';
import {noRegistries} from './no-registries.ts';

/** The accounts of the docker client on this machine, and registries by HTTP. */
export const openRegistries = async (surroundings: RegistrySurroundings): Promise<RegistryAccess> => ({
	...noRegistries,
	accounts: createAccounts(surroundings),
});
