import {RegistryError} from '../registry/types.ts';

/**
 * Why a call on an engine failed, by meaning.
 * - `unreachable`: nothing answers at the endpoint (no socket, refused, reset, timed out)
 * - `permission`: the socket is there and may not be opened by this user
 * - `auth`: a registry or the engine asks for other credentials
 * - `not-found`, `conflict`: the object is gone; the object's state forbids it (HTTP 404, 409)
 * - `unsupported`: this engine cannot do that (HTTP 501, or an older API)
 * - `invalid`: the engine refused the request as malformed (HTTP 400)
 * - `api`: any other answer of 4xx/5xx
 * - `protocol`: the answer could not be understood
 * - `aborted`: we gave it up ourselves
 */
export type EngineErrorKind =
	| 'unreachable'
	| 'permission'
	| 'auth'
	| 'not-found'
	| 'conflict'
	| 'unsupported'
	| 'invalid'
	| 'api'
	| 'protocol'
	| 'aborted';

/** A place where an engine was looked for, and why there was none. */
export type Attempt = {readonly address: string; readonly source: string; readonly message: string};

export class EngineError extends Error {
	override readonly name = 'EngineError';

	constructor(
		readonly kind: EngineErrorKind,
		/** The engine's own words, or ours when it said none. */
		message: string,
		readonly facts: {
			readonly status?: number;
			readonly operation?: string;
			readonly cause?: unknown;
			/** Of several places where an engine may be, when none answers. */
			readonly attempts?: readonly Attempt[];
		} = {},
	) {
		super(message, {cause: facts.cause});
	}
}

/**
 * What was refused for want of an account, with the reason why none was used; any other error as it is.
 * @param trouble why the account of this machine could not be read
 */
export const withoutAccount = (error: unknown, trouble: string | undefined): unknown =>
	trouble !== undefined && error instanceof EngineError && error.kind === 'auth'
		? new EngineError(error.kind, `${error.message} (asked without an account: ${trouble})`, error.facts)
		: error;

export const isAborted = (error: unknown): boolean =>
	((error instanceof EngineError || error instanceof RegistryError) && error.kind === 'aborted') ||
	(error instanceof Error && error.name === 'AbortError');
