import {EngineError} from '../engine/errors.ts';
import type {Fault} from '../state/loading.ts';

/** What the state keeps of an error. An error that is not the engine's is told as an answer we did not understand. */
export const faultOf = (error: unknown, at: number): Fault => {
	if (error instanceof EngineError) {
		const {attempts} = error.facts;
		return {kind: error.kind, message: error.message, at, ...(attempts === undefined ? {} : {attempts})};
	}
	return {kind: 'protocol', message: error instanceof Error ? error.message : String(error), at};
};

/** Nobody answers any more: the connection is gone, not just the one call. */
export const isConnectionLoss = (error: unknown): boolean =>
	error instanceof EngineError && error.kind === 'unreachable';
