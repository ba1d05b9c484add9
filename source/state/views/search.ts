import type {SearchResult} from '../../engine/registry-types.ts';
import type {Loading} from '../loading.ts';

/** What a search on Docker Hub has found, through the engine. */
export type SearchView = {
	readonly term: string;
	readonly loading: Loading;
	readonly results: readonly SearchResult[];
};

export type SearchFact = {
	readonly type: 'search/found';
	readonly term: string;
	readonly results: readonly SearchResult[];
};

export type SearchMessage = SearchFact;

export type SearchDemand = {readonly term: string};
