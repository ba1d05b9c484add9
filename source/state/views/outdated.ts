import type {ContainerId} from '../../engine/types.ts';

/** Running containers whose image's tag stands for another digest in its registry. */
export type OutdatedView = {
	/** Counts the wishes to look. */
	readonly turn: number;
	/** In the order in which they were looked at. */
	readonly containers: readonly ContainerId[];
};

export type OutdatedFact = {readonly type: 'outdated/listed'; readonly containers: readonly ContainerId[]};

export type OutdatedIntent = {readonly type: 'outdated/reread'};

export type OutdatedMessage = OutdatedFact | OutdatedIntent;

export type OutdatedDemand = {readonly turn: number};
