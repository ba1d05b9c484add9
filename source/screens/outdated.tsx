import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {spinnerFrame} from '../components/spinner.ts';
import {fit} from '../format/cells.ts';
import {formatAge} from '../format/duration.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {wrap} from '../format/wrap.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {type OutdatedRow, outdated as resource} from '../resources/outdated.ts';
import type {State} from '../state/model.ts';
import {outdatedStoryRows, readerPaneHeight} from '../state/selectors/layout.ts';
import {askedTags, outdatedCounts} from '../state/selectors/outdated-counts.ts';
import {cursorOutdated} from '../state/selectors/outdated-demand.ts';
import {selectOutdatedRows} from '../state/selectors/outdated-rows.ts';
import type {Theme} from '../theme/theme.ts';
import {type ListPane, listContent} from './panes/list-content.ts';

/** The most telling first: of a narrow border the end is left out. */
const badges = (state: State): readonly string[] => {
	const counts = outdatedCounts(state);
	const {done, all} = askedTags(state);
	const some = (count: number, word: string): string => (count === 0 ? '' : `${count} ${word}`);
	const age = state.now - (state.outdated?.askedAt ?? state.now);
	return [
		done < all ? `${done} of ${all} tags asked` : '',
		some(counts['newer-there'], 'newer there'),
		some(counts['newer-here'], 'newer here'),
		some(counts.gone, 'gone'),
		some(counts.unknown, 'unknown'),
		some(counts['up-to-date'], 'up to date'),
		some(counts.fixed, 'nothing to compare'),
		state.outdated?.isAll === true ? 'stopped ones too' : '',
		done === all && age >= 60_000 ? `asked ${formatAge(age)} ago` : '',
	];
};

const emptyText = (state: State): string | undefined =>
	state.outdated?.isAll === true ? 'No containers. R runs one.' : undefined;

const paneOf = (state: State): ListPane<OutdatedRow> => ({
	list: 'outdated',
	title: 'Outdated',
	resource,
	rows: (of, from, height) => selectOutdatedRows(of).slice(from, from + height),
	isMarked: row => state.ui.lists.outdated.marks.has(row.key),
	badges,
	loading: of => (of.images.loading.status === 'ready' ? of.containers.loading : of.images.loading),
	emptyText,
});

/** What a narrow list has no columns for. */
const factsOf = (
	{verdict, localDigest, remoteDigest, localCreatedAt = 0, remoteCreatedAt = 0}: OutdatedRow,
	now: number,
): string => {
	if (verdict !== 'newer-there' || remoteDigest === undefined) return '';
	const made = (at: number): string => (at > 0 ? ` (made ${formatAge(now - at)} ago)` : '');
	const here = localDigest === undefined ? '' : `here ${shortId(localDigest)}${made(localCreatedAt)}, `;
	return `${here}there ${shortId(remoteDigest)}${made(remoteCreatedAt)}. `;
};

/** The whole story of the row under the cursor. */
const storyLines = (state: State, width: number, theme: Theme): readonly string[] => {
	const row = cursorOutdated(state);
	if (row === undefined) return [];
	const frame = row.verdict === 'asking' ? `${spinnerFrame(theme.glyphs, state.now)} ` : '';
	const text = `${frame}${row.name}: ${factsOf(row, state.now)}${row.story}`;
	const lines = wrap(theme.spell(sanitise(text)), Math.max(1, width - 2), outdatedStoryRows);
	return lines.map(line => theme.paint('dim', fit(` ${line}`, width)));
};

/** Containers whose image is newer in its registry, or here. */
export const OutdatedScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const lines = useLines(
		state => paneLines(listContent(state, paneOf(state), {width, height}, theme)),
		[width, height, theme],
	);
	const story = useLines(state => storyLines(state, width, theme), [width, theme]);
	return (
		<Box flexDirection="column">
			<Lines lines={lines} width={width} height={height} />
			<Lines lines={story} width={width} height={outdatedStoryRows} />
		</Box>
	);
};
