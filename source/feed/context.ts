import type {Clock} from '../clock.ts';
import type {Engine} from '../engine/engine.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import type {EngineMessage, ViewMessage} from '../state/messages.ts';
import type {State} from '../state/model.ts';
import type {Batch, Source} from './batch.ts';
import type {Scope} from './scope.ts';

/**
 * Another engine, by the id of an `EngineChoice`; to be closed by who has opened it.
 * @throws EndpointError for one that cannot be used
 */
export type OpenEngine = (id: string) => Engine;

/** What every part of the feed works with. */
export type FeedContext = {
	readonly engine: Engine;
	readonly clock: Clock;
	readonly batch: Batch;
	readonly getState: () => State;
	readonly registries: OpenRegistries;
	readonly openEngine: OpenEngine;
	/** A try has asked the engine for all that the first frame shows, or has failed. */
	readonly asked: () => void;
};

/** One connection, from the engine's first answer to its loss. */
export type Session = {
	readonly engine: Engine;
	readonly clock: Clock;
	readonly getState: () => State;
	readonly registries: OpenRegistries;
	/** An uncaught error of its work loses the connection. */
	readonly scope: Scope;
	/** Nothing gets through once the connection is lost: a late answer must not overwrite a newer one. */
	readonly post: (...messages: readonly (EngineMessage | ViewMessage)[]) => void;
	readonly wake: () => void;
	/** Asked as long as the connection lives. */
	readonly addSource: (pace: 'quick' | 'beat', source: Source) => void;
	/** The engine said something just now. */
	readonly heard: () => void;
};
