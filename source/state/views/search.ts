import type {SearchResult} from '../../engine/registry-types.ts';
import type {Fault} from '../loading.ts';

/** What only some of the results have. */
export type SearchLimits = {
	readonly isOfficialOnly: boolean;
	/** 0: all. */
	readonly minStars: number;
};

/** How far the search is. Times in epoch ms. */
export type SearchProgress =
	| {readonly status: 'waiting'; readonly since?: number}
	| {readonly status: 'done'; readonly tookMs: number}
	| {readonly status: 'failed'; readonly fault: Fault};

/** What the last search has found, through the engine: on Docker Hub, with Podman where it has been told to look. */
export type SearchView = SearchLimits & {
	readonly term: string;
	/** Counts the wishes to search. */
	readonly turn: number;
	readonly progress: SearchProgress;
	/** In the registry's order: what fits best comes first. */
	readonly results: readonly SearchResult[];
};

/** Answers of an earlier turn count no more. */
export type SearchFact =
	| {readonly type: 'search/asked'; readonly turn: number; readonly at: number}
	| {
			readonly type: 'search/found';
			readonly turn: number;
			readonly results: readonly SearchResult[];
			readonly at: number;
	  }
	| {readonly type: 'search/failed'; readonly turn: number; readonly fault: Fault};

export type SearchIntent =
	| {readonly type: 'search/limited'; readonly limits: SearchLimits}
	| {readonly type: 'search/reread'};

export type SearchMessage = SearchFact | SearchIntent;

export type SearchDemand = SearchLimits & {readonly term: string; readonly turn: number};
