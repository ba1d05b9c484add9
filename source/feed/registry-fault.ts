import {AccountError} from '../registry/accounts-port.ts';
import {RegistryError} from '../registry/types.ts';
import type {RegistryFault} from '../state/views/registry.ts';

/** What the state keeps of a registry's error; one that is neither its nor an account's is an answer not understood. */
export const registryFaultOf = (error: unknown, at: number): RegistryFault => {
	if (error instanceof RegistryError) {
		const {hint} = error.facts;
		return {kind: error.kind, message: error.message, at, ...(hint !== undefined && {hint})};
	}
	const message = error instanceof Error ? error.message : String(error);
	return {kind: error instanceof AccountError ? 'account' : 'protocol', message, at};
};

/** The next question to this registry would get the same answer. */
export const isGeneral = ({kind}: RegistryFault): boolean => {
	switch (kind) {
		case 'unauthorised':
		case 'denied':
		case 'rate-limited':
		case 'tls':
		case 'unreachable':
		case 'account':
			return true;
		case 'not-found':
		case 'unavailable':
		case 'unsupported':
		case 'protocol':
		case 'aborted':
			return false;
	}
};
