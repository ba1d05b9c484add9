import type {RegistryAccess, RegistrySurroundings} from './access-port.ts';
import {createAccounts} from './accounts.ts';
import {createAccess} from './clients.ts';

/** The accounts of the docker client on this machine, and registries by HTTP. */
export const openRegistries = async (surroundings: RegistrySurroundings): Promise<RegistryAccess> =>
	createAccess(surroundings, createAccounts(surroundings));
