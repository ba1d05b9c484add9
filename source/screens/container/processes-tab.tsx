import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {treePrefix} from '../../components/tree.ts';
import {formatMemory} from '../../format/bytes.ts';
import {formatClock} from '../../format/duration.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {containerProcesses, type ProcessesRow, processes} from '../../resources/processes.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';
import {processesStaleness, selectProcessesRows} from '../../state/selectors/processes-rows.ts';
import type {Theme} from '../../theme/theme.ts';
import {type ListPane, listContent} from '../panes/list-content.ts';
import type {TabProps} from './tab.ts';

/** Slower than this is said: every reading costs the engine's host as much. */
const slowMs = 500;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const badges = (state: State): readonly string[] => {
	const table = state.processes?.table;
	if (table === undefined) return [];
	const {processes: list, readAt, tookMs, periodMs} = table;
	const staleness = processesStaleness(state);
	const known = list.flatMap(({rssBytes}) => rssBytes ?? []);
	const rss = known.reduce((sum, bytes) => sum + bytes, 0);
	return [
		`${list.length} ${list.length === 1 ? 'process' : 'processes'}`,
		...(known.length === 0 ? [] : [`rss ${formatMemory(rss)}`]),
		...(staleness === undefined ? [] : [`read ${formatClock(readAt)}: ${staleness}`]),
		...(tookMs < slowMs ? [] : [`slow: ps took ${seconds(tookMs)}, read every ${seconds(periodMs)}`]),
		...((state.processes?.shift ?? 0) > 0 ? ['long commands: more to the left'] : []),
	];
};

const loading = ({opened, processes: view}: State): Loading => {
	if (view !== undefined) return view.loading;
	const isUp = opened?.container?.state === 'running' || opened?.container?.state === 'paused';
	return {status: isUp && opened?.departure === undefined ? 'loading' : 'ready'};
};

const emptyText = ({opened}: State): string | undefined => {
	if (opened?.departure !== undefined) return 'The container was removed before its processes were read.';
	const container = opened?.container?.state;
	if (container === undefined || container === 'running' || container === 'paused') return undefined;
	return `The container is ${container}: it has no processes. u starts it.`;
};

const paneOf = (theme: Theme, isPodman: boolean): ListPane<ProcessesRow> => ({
	list: 'processes',
	title: 'Processes',
	resource: isPodman ? containerProcesses : processes,
	rows: (state, from, height) => {
		const {marks} = state.ui.lists.processes;
		const shift = state.processes?.shift ?? 0;
		return selectProcessesRows(state)
			.slice(from, from + height)
			.map(row => ({
				...row,
				shift,
				prefix: treePrefix(row.lasts, theme.glyphs),
				isMarked: marks.has(processes.rowId(row)),
			}));
	},
	isMarked: row => row.isMarked === true,
	badges,
	loading,
	emptyText,
	isStale: state => processesStaleness(state) !== undefined,
});

/** The processes of one container: a tree of the engine's host, or sorted by a column. */
export const ProcessesTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		state => {
			const isPodman = state.engine.info?.product === 'Podman';
			return paneLines(listContent(state, paneOf(theme, isPodman), {width, height}, theme));
		},
		[theme, width, height],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
