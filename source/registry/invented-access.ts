import type {RegistryAccess} from './access-port.ts';
import {createAccess} from './clients.ts';
import {createMemoryAccounts} from './memory-accounts.ts';

/**
 * Registries of an invented world: all of them are asked over one unix socket. Nothing of this machine counts,
 * neither its accounts nor its certificates nor its proxies.
 */
export const openInvented = (socketPath: string): RegistryAccess =>
	createAccess({env: {}, home: '', certificates: [], socketPath}, createMemoryAccounts());
