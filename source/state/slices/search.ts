import type {Message} from '../messages.ts';
import type {SearchFact, SearchLimits, SearchView} from '../views/search.ts';

const unlimited: SearchLimits = {isOfficialOnly: false, minStars: 0};

const anew = (term: string, limits: SearchLimits, before: SearchView | undefined): SearchView => ({
	term,
	isOfficialOnly: limits.isOfficialOnly,
	minStars: limits.minStars,
	turn: (before?.turn ?? 0) + 1,
	progress: {status: 'waiting'},
	results: [],
});

const told = (view: SearchView, message: SearchFact): SearchView => {
	if (message.turn !== view.turn) return view;
	switch (message.type) {
		case 'search/asked':
			return {...view, progress: {status: 'waiting', since: message.at}};
		case 'search/found': {
			const {progress} = view;
			const since = progress.status === 'waiting' ? progress.since : undefined;
			const tookMs = message.at - (since ?? message.at);
			return {...view, progress: {status: 'done', tookMs}, results: message.results};
		}
		case 'search/failed':
			return {...view, progress: {status: 'failed', fault: message.fault}};
		default:
			return message satisfies never;
	}
};

const opened = (view: SearchView | undefined, term: string): SearchView =>
	view?.term === term ? view : anew(term, unlimited, view);

/** The last search. What it has found is there still for who comes back to it. */
export const reduceSearch = (view: SearchView | undefined, message: Message): SearchView | undefined => {
	if (message.type === 'ui/screen-opened')
		return message.screen.kind === 'search' ? opened(view, message.screen.term) : view;
	if (view === undefined) return view;
	switch (message.type) {
		case 'search/limited':
			return anew(view.term, message.limits, view);
		case 'search/reread':
			return anew(view.term, view, view);
		case 'search/asked':
		case 'search/found':
		case 'search/failed':
			return told(view, message);
		default:
			return view;
	}
};
