import {Lines} from '../components/lines.tsx';
import {PANE_BORDER, type PaneContent, paneLines} from '../components/pane-lines.ts';
import {spinnerFrame} from '../components/spinner.ts';
import {fit} from '../format/cells.ts';
import {formatAge, formatTook} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import {wrapWhole} from '../format/wrap.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {search as resource, type SearchRow} from '../resources/search.ts';
import type {State} from '../state/model.ts';
import {selectLayout} from '../state/selectors/layout.ts';
import {selectSearchRows} from '../state/selectors/search-rows.ts';
import type {Theme} from '../theme/theme.ts';
import {type ListPane, listContent} from './panes/list-content.ts';

/** Where the engine looks. */
const placeOf = ({engine}: State): string =>
	engine.info?.product === 'Podman' ? 'its registries' : 'Docker Hub';

const limitBadges = ({search, engine}: State): readonly string[] => {
	if (search === undefined) return [];
	const {isOfficialOnly, minStars, progress, results} = search;
	const isDone = progress.status === 'done';
	return [
		isDone ? String(results.length) : '',
		isDone && results.length >= 100 ? 'the first 100' : '',
		isOfficialOnly ? 'official only' : '',
		minStars > 0 ? `${minStars} stars and more` : '',
		engine.info?.product === 'Podman' ? '' : 'Docker Hub',
		isDone ? formatTook(progress.tookMs) : '',
	];
};

const emptyText = ({search, ...state}: State): string | undefined => {
	if (search?.progress.status !== 'done') return '';
	const isLimited = search.isOfficialOnly || search.minStars > 0;
	const how = isLimited ? ' with these limits. s changes them.' : '. s searches for something else.';
	return `Nothing in ${placeOf({...state, search})} is called like "${sanitise(search.term)}"${how}`;
};

const paneOf = (state: State): ListPane<SearchRow> => ({
	list: 'search',
	title: `Search ${sanitise(state.search?.term ?? '')}`,
	resource,
	rows: (of, from, height) => selectSearchRows(of).slice(from, from + height),
	isMarked: row => state.ui.lists.search.marks.has(row.key),
	badges: limitBadges,
	emptyText,
});

/** What can be done about it. */
const hintOf = (message: string): string => {
	if (/no such host|lookup |dial tcp|i\/o timeout|network is unreachable|Client\.Timeout/i.test(message))
		return 'The engine itself asks Docker Hub, and has no way there: no internet, no DNS or a proxy it was not told of. ctrl-r tries again; esc leaves.';
	return 'ctrl-r tries again, s searches for something else, esc leaves.';
};

/** While it is on its way, for how long already; once it has failed, why. */
const progressLines = (state: State, width: number, theme: Theme): readonly string[] => {
	const {search, now} = state;
	const room = Math.max(1, width - 4);
	const indented = (text: string): readonly string[] =>
		wrapWhole(text, room).map(line => fit(`  ${theme.spell(line)}`, width));
	switch (search?.progress.status) {
		case 'waiting': {
			const seconds = now - (search.progress.since ?? now);
			const since = seconds < 1000 ? '' : `, ${formatAge(seconds)}`;
			const frame = spinnerFrame(theme.glyphs, now);
			const text = `  ${frame} The engine asks ${placeOf(state)}${since}   esc gives up`;
			return [theme.paint('info', fit(theme.spell(text), width))];
		}
		case 'failed': {
			const {message} = search.progress.fault;
			return [
				...indented(`Cannot search ${placeOf(state)}: ${message}`).map(line => theme.paint('trouble', line)),
				fit('', width),
				...indented(hintOf(message)),
			];
		}
		default:
			return [];
	}
};

const contentOf = (state: State, width: number, height: number, theme: Theme): PaneContent => {
	const content = listContent(state, paneOf(state), {width, height}, theme);
	const room = Math.max(0, width - PANE_BORDER);
	const progress = progressLines(state, room, theme);
	return progress.length === 0 ? content : {...content, lines: [fit('', room), ...progress]};
};

/** What a search on Docker Hub has found. */
export const SearchScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(state => selectLayout(state).bodyHeight);
	const lines = useLines(state => paneLines(contentOf(state, width, height, theme)), [width, height, theme]);
	return <Lines lines={lines} width={width} height={height} />;
};
