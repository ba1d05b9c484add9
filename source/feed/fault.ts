import {EngineError, type EngineErrorKind} from '../engine/errors.ts';
import {AccountError} from '../registry/accounts-port.ts';
import {RegistryError, type RegistryErrorKind} from '../registry/types.ts';
import type {Fault} from '../state/loading.ts';

/** What a registry's refusal is to whoever knows an engine's. */
const kindOf: Readonly<Record<RegistryErrorKind, EngineErrorKind>> = {
	unauthorised: 'auth',
	denied: 'auth',
	'not-found': 'not-found',
	'rate-limited': 'api',
	unavailable: 'api',
	unsupported: 'unsupported',
	tls: 'unreachable',
	unreachable: 'unreachable',
	protocol: 'protocol',
	aborted: 'aborted',
};

/**
 * What the state keeps of an error. An error that is neither the engine's, a registry's nor of the accounts here is
 * told as an answer we did not understand.
 */
export const faultOf = (error: unknown, at: number): Fault => {
	if (error instanceof EngineError) {
		const {attempts} = error.facts;
		return {kind: error.kind, message: error.message, at, ...(attempts === undefined ? {} : {attempts})};
	}
	if (error instanceof RegistryError) {
		const {hint} = error.facts;
		return {kind: kindOf[error.kind], message: error.message, at, ...(hint === undefined ? {} : {hint})};
	}
	if (error instanceof AccountError) return {kind: 'invalid', message: error.message, at};
	return {kind: 'protocol', message: error instanceof Error ? error.message : String(error), at};
};

/** Nobody answers any more: the connection is gone, not just the one call. */
export const isConnectionLoss = (error: unknown): boolean =>
	error instanceof EngineError && error.kind === 'unreachable';
