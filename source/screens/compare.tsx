import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {formatSize} from '../format/bytes.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {type CompareRow, comparedLayers, comparedSettings, compare as files} from '../resources/compare.ts';
import type {Resource} from '../resources/resource.ts';
import type {State} from '../state/model.ts';
import {selectFileTotals} from '../state/selectors/compare-files.ts';
import {selectComparedLayers} from '../state/selectors/compare-layers.ts';
import {maskedCount, selectCompareRows} from '../state/selectors/compare-rows.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import type {CompareSection} from '../state/views/compare.ts';
import {compareBarLine, compareStatusLine, countsText} from './compare-bar.ts';
import {type ListPane, listContent} from './panes/list-content.ts';

const resources: Readonly<Record<CompareSection, Resource<CompareRow>>> = {
	files,
	layers: comparedLayers,
	config: comparedSettings,
};

const hiddenBadge = ({compare}: State): string => {
	const kinds = (['added', 'modified', 'removed'] as const).filter(
		kind => compare?.shown.has(kind) === false,
	);
	return kinds.length === 0 ? '' : `without ${kinds.join(', ')}`;
};

const fileBadges = (state: State): readonly string[] => {
	const totals = selectFileTotals(state);
	const {compare} = state;
	return [
		countsText(state),
		...(totals === undefined
			? []
			: [`+${formatSize(totals.addedBytes)} added, -${formatSize(totals.removedBytes)} removed`]),
		hiddenBadge(state),
		compare?.sort === 'path' ? 'by name' : 'by delta',
		compare?.isTimeCompared === true ? 'times too' : '',
	];
};

const badges = (state: State): readonly string[] => {
	switch (state.compare?.section) {
		case 'layers':
			return [String(selectComparedLayers(state)?.rows.length ?? '')];
		case 'config': {
			const masked = maskedCount(state);
			return [
				String(state.compare.comparison?.config.length ?? ''),
				masked === 0 ? '' : `${masked} masked, . shows them`,
			];
		}
		default:
			return fileBadges(state);
	}
};

const emptyText = ({compare}: State): string | undefined => {
	if (compare?.readings.some(({status}) => status === 'failed')) return 'Not compared.';
	if (compare?.comparison === undefined)
		return compare?.isStopped === true ? 'Not compared.' : 'Both images are read before they are compared.';
	if (compare.section !== 'files') return undefined;
	const {counts} = compare.comparison.files;
	const isSame = counts.added + counts.removed + counts.modified + counts.metadata === 0;
	if (isSame && !compare.isTimeCompared)
		return 'No file differs. t takes times of modification into account.';
	return isSame ? undefined : 'What differs is not shown: a m r show it.';
};

const paneOf = (state: State): ListPane<CompareRow> => {
	const resource = resources[state.compare?.section ?? 'files'];
	return {
		list: 'compare',
		title: resource.title,
		resource,
		rows: (of, from, height) => selectCompareRows(of).slice(from, from + height),
		badges,
		emptyText,
	};
};

/** Two images side by side: which files, layers and settings they do not have in common. */
export const CompareScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const bar = useLines(state => [compareBarLine(state, theme), compareStatusLine(state, theme)], [theme]);
	const lines = useLines(
		state => paneLines(listContent(state, paneOf(state), {width, height}, theme)),
		[width, height, theme],
	);
	return (
		<Box flexDirection="column">
			<Lines lines={bar} width={width} height={2} />
			<Lines lines={lines} width={width} height={height} />
		</Box>
	);
};
