import type {Attempt, EngineErrorKind} from '../engine/errors.ts';

/** Why something did not work, as kept in the state: the engine's words and their meaning. */
export type Fault = {
	readonly kind: EngineErrorKind;
	readonly message: string;
	readonly at: number;
	/** What the user can do next, where whoever refused could tell. */
	readonly hint?: string;
	/** The places where an engine was looked for in vain. */
	readonly attempts?: readonly Attempt[];
};

export type Loading =
	| {readonly status: 'loading'}
	| {readonly status: 'ready'}
	| {readonly status: 'failed'; readonly fault: Fault};
