import type {ContainerProcess} from '../../engine/process-types.ts';
import {type ProcessesRow, processes as resource} from '../../resources/processes.ts';
import type {State} from '../model.ts';
import {processTree} from '../process-tree.ts';
import {type CpuReading, recentShares} from '../recent-share.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';

const none: readonly ContainerProcess[] = [];
const noReadings: readonly CpuReading[] = [];
const noLevels: readonly boolean[] = [];

const selectSorting = sortingSelector('processes');

/** As a tree: parents before their children. Who sorts by a column, or looks for something, wants a plain list. */
const isProcessTree = (state: State): boolean =>
	state.ui.lists.processes.sortBy === undefined && state.ui.lists.processes.filter.trim() === '';

const sort = createSorter(resource);

const selectArranged: (state: State) => readonly ProcessesRow[] = createSelector(
	(state: State) => [
		state.processes?.table?.processes ?? none,
		state.processes?.readings ?? noReadings,
		selectSorting(state),
		isProcessTree(state),
	],
	(
		processes: readonly ContainerProcess[],
		readings: readonly CpuReading[],
		sorting: Sorting,
		isTree: boolean,
	): readonly ProcessesRow[] => {
		const shares = recentShares(readings);
		const tree = processTree(processes, sorting.sortBy === undefined && sorting.isReversed);
		const rows = tree.map(({process, lasts}): ProcessesRow => {
			const recentPercent = shares.get(process.pid);
			const own = {process, lasts: isTree ? lasts : noLevels};
			return recentPercent === undefined ? own : {...own, recentPercent};
		});
		return sorting.sortBy === undefined ? rows : sort(rows, sorting);
	},
);

/** The rows of the tab, in order. */
export const selectProcessesRows: (state: State) => readonly ProcessesRow[] = createSelector(
	(state: State) => [selectArranged(state), state.ui.lists.processes.filter],
	(rows: readonly ProcessesRow[], filter: string) => filtered(resource, rows, filter),
);

/** Why the numbers are not of this moment; absent while they are read again and again. */
export const processesStaleness = (state: State): string | undefined => {
	const {opened, processes, engine, now} = state;
	if (processes?.table === undefined) return undefined;
	if (opened?.departure !== undefined) return 'removed';
	const container = opened?.container?.state;
	if (container === 'paused') return 'paused';
	if (container !== 'running') return container ?? 'not known';
	if (engine.connection.status === 'reconnecting') return 'no connection';
	if (processes.loading.status === 'failed') return `not read: ${processes.loading.fault.message}`;
	const {readAt, periodMs} = processes.table;
	return now - readAt > 3 * periodMs + patienceMs ? 'waiting for the engine' : undefined;
};

/** Beyond the next readings, before a table counts as old. */
const patienceMs = 1000;
