import type {Container} from '../../engine/types.ts';
import type {Alarm} from '../../resources/alarms.ts';
import type {ContainerOnlyRow, ContainerRow} from '../../resources/container-row.ts';
import {containers as resource} from '../../resources/containers.ts';
import type {State} from '../model.ts';
import type {StatsState} from '../views/stats.ts';
import {type AlarmsById, selectAlarms} from './alarms.ts';
import {isUp} from './containers.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
import {isOneOff, selectAllMembers} from './projects.ts';
import {recentCpu} from './stats-window.ts';

type StatsById = StatsState['byId'];

/** Columns whose order changes with every reading. */
const liveColumns: ReadonlySet<string> = new Set(['cpu', 'memory', 'net', 'block', 'pids']);

const isSortedLive = ({sortBy}: Sorting): boolean => sortBy !== undefined && liveColumns.has(sortBy);

/** More than the widest column shows. */
const cpuHistoryLength = 12;

const noStats: StatsById = new Map();
const nobody: ReadonlyMap<string, readonly Container[]> = new Map();

const nothingBusy: State['busy'] = new Map();

const plainRows = [new WeakMap<Container, ContainerOnlyRow>(), new WeakMap<Container, ContainerOnlyRow>()];

/** The row of a container without its numbers: made once, 10,000 of them would be made for every change of one. */
const plainRow = (container: Container, depth: 0 | 1): ContainerOnlyRow => {
	const known = plainRows[depth]?.get(container);
	if (known !== undefined) return known;
	const row = rowOf(container, noStats, depth);
	plainRows[depth]?.set(container, row);
	return row;
};

const rowOf = (container: Container, stats: StatsById, depth: number): ContainerOnlyRow => {
	const history = stats.get(container.id);
	return {
		kind: 'container',
		container,
		depth,
		cpuHistory: [],
		isMarked: false,
		...(history === undefined ? {} : {stats: history.latest}),
	};
};

const alarmedRow = (row: ContainerOnlyRow, all: AlarmsById): ContainerOnlyRow => {
	const alarms = all.get(row.container.id);
	return alarms === undefined ? row : {...row, alarms};
};

const sum = (members: readonly Container[], stats: StatsById) => {
	const latest = members.flatMap(({id}) => stats.get(id)?.latest ?? []);
	if (latest.length === 0) return {};
	return {
		cpuPercent: latest.reduce((total, sample) => total + (sample.cpuPercent ?? 0), 0),
		memoryBytes: latest.reduce((total, sample) => total + sample.memoryBytes, 0),
	};
};

/** @param members all of the project: its row, and what is done from there, is about the whole of it */
const groupRow = (
	project: string,
	members: readonly Container[],
	{stats, alarms}: {readonly stats: StatsById; readonly alarms: AlarmsById},
	isCollapsed: boolean,
): ContainerRow => ({
	kind: 'group',
	project,
	up: members.filter(isUp).length,
	// A job that was run once and has ended is nothing that is missing.
	total: members.filter(member => isUp(member) || !isOneOff(member)).length,
	// An engine remembers the health of what has stopped.
	unhealthy: members.filter(member => isUp(member) && member.health === 'unhealthy').length,
	alarms: members.flatMap(({id}): readonly Alarm[] => alarms.get(id)?.slice(0, 1) ?? []),
	isCollapsed,
	...sum(members, stats),
});

type GroupFacts = {
	readonly sorting: Sorting;
	readonly collapsed: ReadonlySet<string>;
	readonly stats: StatsById;
	readonly alarms: AlarmsById;
};

/** Every project with its members in their order, then what belongs to none. */
const grouped = (
	rows: readonly ContainerRow[],
	projects: ReadonlyMap<string, readonly Container[]>,
	members: ReadonlyMap<string, readonly Container[]>,
	{sorting, collapsed, ...facts}: GroupFacts,
): readonly ContainerRow[] => {
	const heads = [...projects.keys()].map(project =>
		groupRow(project, members.get(project) ?? [], facts, collapsed.has(project)),
	);
	const sorted = sortHeads(heads, sorting);
	return [
		...sorted.flatMap(head => {
			if (head.kind !== 'group' || head.isCollapsed) return [head];
			const shown = projects.get(head.project) ?? [];
			return [head, ...shown.map(member => alarmedRow(plainRow(member, 1), facts.alarms))];
		}),
		...rows.filter(row => row.kind === 'container' && row.container.project === undefined),
	];
};

const selectSorting = sortingSelector('containers');

const selectSortedStats = (state: State): StatsById =>
	isSortedLive(selectSorting(state)) ? state.stats.byId : noStats;

const sort = createSorter(resource);
const sortHeads = createSorter(resource);

/** Every container, in order. */
const selectSorted = createSelector(
	(state: State) => [
		state.containers.byId,
		selectSorting(state),
		selectSortedStats(state),
		selectAlarms(state),
	],
	(
		byId: State['containers']['byId'],
		sorting: Sorting,
		stats: StatsById,
		alarms: AlarmsById,
	): readonly ContainerRow[] => {
		const row = (container: Container): ContainerOnlyRow =>
			stats === noStats ? plainRow(container, 0) : rowOf(container, stats, 0);
		return sort(
			Array.from(byId.values(), container => alarmedRow(row(container), alarms)),
			sorting,
		);
	},
);

/** The containers that the list shows, in order, folded ones too. */
const selectMatching = createSelector(
	(state: State) => [
		selectSorted(state),
		state.ui.lists.containers.filter,
		state.ui.isRunningOnly,
		// What is being restarted is down for a moment, and stays in the list meanwhile.
		state.ui.isRunningOnly ? state.busy : nothingBusy,
	],
	(
		rows: readonly ContainerRow[],
		filter: string,
		isRunningOnly: boolean,
		busy: State['busy'],
	): readonly ContainerRow[] => {
		const isShown = (row: ContainerRow): boolean =>
			row.kind === 'container' && (isUp(row.container) || busy.has(row.container.id));
		return filtered(resource, isRunningOnly ? rows.filter(isShown) : rows, filter);
	},
);

const selectProjects = createSelector(
	(state: State) => [selectMatching(state)],
	(rows: readonly ContainerRow[]): ReadonlyMap<string, readonly Container[]> => {
		const containers = rows.flatMap(row => (row.kind === 'container' ? [row.container] : []));
		return Map.groupBy(
			containers.filter(({project}) => project !== undefined),
			({project = ''}) => project,
		);
	},
);

/** The members of a project that the filter lets through, folded or not. */
export const projectMembers = (state: State, project: string): readonly Container[] =>
	selectProjects(state).get(project) ?? [];

/**
 * Every row of the container list, in order. Numbers are on the rows only when the order needs them: those that
 * are shown get theirs in `containerWindow`.
 */
export const selectContainerRows: (state: State) => readonly ContainerRow[] = createSelector(
	(state: State) => [
		selectMatching(state),
		selectProjects(state),
		state.ui.isGrouped ? selectAllMembers(state) : nobody,
		selectSorting(state),
		state.ui.isGrouped,
		state.ui.collapsedProjects,
		selectSortedStats(state),
		selectAlarms(state),
	],
	(
		rows: readonly ContainerRow[],
		projects: ReadonlyMap<string, readonly Container[]>,
		members: ReadonlyMap<string, readonly Container[]>,
		sorting: Sorting,
		isGrouped: boolean,
		collapsed: ReadonlySet<string>,
		stats: StatsById,
		alarms: AlarmsById,
	): readonly ContainerRow[] =>
		isGrouped ? grouped(rows, projects, members, {sorting, collapsed, stats, alarms}) : rows,
);

const decorated = (state: State, row: ContainerRow): ContainerRow => {
	if (row.kind === 'group')
		return {...row, ...sum(selectAllMembers(state).get(row.project) ?? [], state.stats.byId)};
	const {id} = row.container;
	const busy = state.busy.get(id);
	const isMarked = state.ui.lists.containers.marks.has(id);
	const drawn = alarmedRow(rowOf(row.container, state.stats.byId, row.depth), selectAlarms(state));
	const track = state.stats.byId.get(id)?.track;
	const cpuHistory = track === undefined ? [] : recentCpu(track, cpuHistoryLength);
	return {...drawn, cpuHistory, isMarked, ...(busy === undefined ? {} : {busyVerb: busy.verb})};
};

/** The rows on the screen with everything that is drawn of them. */
export const containerWindow = (state: State, from: number, height: number): readonly ContainerRow[] =>
	selectContainerRows(state)
		.slice(from, from + height)
		.map(row => decorated(state, row));
