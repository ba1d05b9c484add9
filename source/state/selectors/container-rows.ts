import type {Container, ContainerId} from '../../engine/types.ts';
import type {ContainerOnlyRow, ContainerRow} from '../../resources/container-row.ts';
import {containers as resource} from '../../resources/containers.ts';
import type {State, StatsHistory} from '../model.ts';
import {isUp} from './containers.ts';
import {createSelector} from './memo.ts';
import {type Order, ordered} from './ordered.ts';

type StatsById = ReadonlyMap<ContainerId, StatsHistory>;

/** Columns whose order changes with every reading. */
const liveColumns: ReadonlySet<string> = new Set(['cpu', 'memory', 'net', 'block', 'pids']);

const isSortedLive = ({sortBy}: Order): boolean => sortBy !== undefined && liveColumns.has(sortBy);

const noStats: StatsById = new Map();

const rowOf = (container: Container, stats: StatsById, depth: number): ContainerOnlyRow => {
	const history = stats.get(container.id);
	return {
		kind: 'container',
		container,
		depth,
		cpuHistory: history?.series.cpuPercent ?? [],
		isMarked: false,
		...(history === undefined ? {} : {stats: history.latest}),
	};
};

const sum = (members: readonly Container[], stats: StatsById) => {
	const latest = members.flatMap(({id}) => stats.get(id)?.latest ?? []);
	if (latest.length === 0) return {};
	return {
		cpuPercent: latest.reduce((total, sample) => total + (sample.cpuPercent ?? 0), 0),
		memoryBytes: latest.reduce((total, sample) => total + sample.memoryBytes, 0),
	};
};

const groupRow = (
	project: string,
	members: readonly Container[],
	stats: StatsById,
	isCollapsed: boolean,
): ContainerRow => ({
	kind: 'group',
	project,
	up: members.filter(isUp).length,
	total: members.length,
	unhealthy: members.filter(({health}) => health === 'unhealthy').length,
	isCollapsed,
	...sum(members, stats),
});

/** Every project with its members in their order, then what belongs to none. */
const grouped = (
	rows: readonly ContainerRow[],
	order: Order,
	collapsed: ReadonlySet<string>,
	stats: StatsById,
): readonly ContainerRow[] => {
	const containers = rows.flatMap(row => (row.kind === 'container' ? [row.container] : []));
	const projects = Map.groupBy(
		containers.filter(({project}) => project !== undefined),
		({project = ''}) => project,
	);
	const heads = [...projects].map(([project, members]) =>
		groupRow(project, members, stats, collapsed.has(project)),
	);
	const sorted = ordered(resource, heads, {...order, filter: ''});
	return [
		...sorted.flatMap(head => {
			if (head.kind !== 'group' || head.isCollapsed) return [head];
			const members = projects.get(head.project) ?? [];
			return [head, ...members.map(member => rowOf(member, stats, 1))];
		}),
		...rows.filter(row => row.kind === 'container' && row.container.project === undefined),
	];
};

/**
 * Every row of the container list, in order. Numbers are on the rows only when the order needs them: those that
 * are shown get theirs in `containerWindow`.
 */
export const selectContainerRows: (state: State) => readonly ContainerRow[] = createSelector(
	(state: State) => [
		state.containers.byId,
		state.ui.lists.containers.filter,
		state.ui.lists.containers.sortBy,
		state.ui.lists.containers.isReversed,
		state.ui.isRunningOnly,
		state.ui.isGrouped,
		state.ui.collapsedProjects,
		isSortedLive(state.ui.lists.containers) ? state.stats.byId : noStats,
	],
	(
		byId: State['containers']['byId'],
		filter: string,
		sortBy: string | undefined,
		isReversed: boolean,
		isRunningOnly: boolean,
		isGrouped: boolean,
		collapsed: ReadonlySet<string>,
		stats: StatsById,
	): readonly ContainerRow[] => {
		const order: Order = {filter, isReversed, ...(sortBy === undefined ? {} : {sortBy})};
		const all = [...byId.values()]
			.filter(container => !isRunningOnly || isUp(container))
			.map(container => rowOf(container, stats, 0));
		const rows = ordered(resource, all, order);
		return isGrouped ? grouped(rows, order, collapsed, stats) : rows;
	},
);

/** Containers of a project, as far as the list shows them (folded or not). */
export const projectMembers = (state: State, project: string): readonly Container[] =>
	[...state.containers.byId.values()].filter(
		container => container.project === project && (!state.ui.isRunningOnly || isUp(container)),
	);

const decorated = (state: State, row: ContainerRow): ContainerRow => {
	if (row.kind === 'group') return {...row, ...sum(projectMembers(state, row.project), state.stats.byId)};
	const {id} = row.container;
	const busy = state.busy.get(id);
	const isMarked = state.ui.lists.containers.marks.has(id);
	const drawn = rowOf(row.container, state.stats.byId, row.depth);
	return {...drawn, isMarked, ...(busy === undefined ? {} : {busyVerb: busy.verb})};
};

/** The rows on the screen with everything that is drawn of them. */
export const containerWindow = (state: State, from: number, height: number): readonly ContainerRow[] =>
	selectContainerRows(state)
		.slice(from, from + height)
		.map(row => decorated(state, row));
