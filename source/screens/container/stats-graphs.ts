import type {Container, StatsSample} from '../../engine/types.ts';
import {formatMemory, formatRate} from '../../format/bytes.ts';
import {formatPercent} from '../../format/percent.ts';
import {roundMemoryTop, roundTop} from '../../format/plot.ts';
import type {State} from '../../state/model.ts';
import {
	type Course,
	channelCourse,
	coreCourses,
	type StatsWindow,
} from '../../state/selectors/stats-window.ts';
import type {Channel} from '../../state/views/stats.ts';

export type Graph = {
	readonly label: string;
	readonly course: Course;
	/** The newest value; absent while there is none. */
	readonly latest: number | undefined;
	/** Of constant width. */
	readonly format: (value: number | undefined) => string;
	/** As the scale has it. */
	readonly formatScale: (value: number) => string;
	/** The value at the upper edge. */
	readonly top: number;
	readonly limit?: number;
	/** Behind the value: ` of 2 cores`. */
	readonly note: string;
	/** How the rows are shared out. */
	readonly weight: number;
	/** Most of what there is in words belongs to the line above a graph; of a core it is the graph's own line. */
	readonly isSmall?: true;
};

const percent = (value: number | undefined): string =>
	value === undefined || Number.isNaN(value) ? '-'.padStart(6) : `${formatPercent(value)}%`;
const memory = (value: number | undefined): string => formatMemory(value ?? Number.NaN).padStart(6);
const rate = (value: number | undefined): string =>
	value === undefined || Number.isNaN(value) ? '-'.padStart(7) : `${formatRate(value).padStart(4)}B/s`;
const count = (value: number | undefined): string =>
	(value === undefined || Number.isNaN(value) ? '-' : String(Math.round(value))).padStart(6);

const trimmed =
	(format: (value: number | undefined) => string) =>
	(value: number): string =>
		format(value).trim();

type Ceiling = {
	readonly value: number /** From this share of it on it is in sight. */;
	readonly sight: number;
};

/** A limit of the container's own is drawn even when it is far, what the machine has only when it is near. */
const ownSight = 1 / 8;
const hostSight = 1 / 2;

/** Up to a limit that is in sight, else as high as the readings go, so that small use is seen too. */
const topOf = (most: number, ceiling: Ceiling | undefined, round: (value: number) => number): number => {
	const own = round(Number.isNaN(most) ? 0 : most);
	if (ceiling === undefined) return own;
	const {value: limit, sight} = ceiling;
	return own >= limit * sight ? Math.max(limit, most > limit * 1.05 ? own : 0) : own;
};

const ownCeiling = (value = 0): Ceiling | undefined => (value > 0 ? {value, sight: ownSight} : undefined);

const leastPercent = 10;
const leastRate = 1000;
const leastMemory = 1024 ** 2;
const leastCount = 5;

type Facts = {
	readonly window: StatsWindow;
	readonly container: Container | undefined;
	/** Absent while it is not read. */
	readonly latest: StatsSample | undefined;
	readonly cpus: number;
};

const cpuGraph = ({window, container, latest, cpus}: Facts): Graph => {
	const course = channelCourse(window, 'cpuPercent');
	const own = container?.details?.cpuLimit;
	const ceiling = own === undefined ? cpus * 100 : own * 100;
	const note = own === undefined ? `of ${cpus * 100}%` : `of ${Math.round(own * 100)}% (its limit)`;
	const base = {label: 'CPU', course, latest: latest?.cpuPercent, format: percent, weight: 3};
	const sight = own === undefined ? hostSight : ownSight;
	const top = topOf(course.summary.most, ceiling > 0 ? {value: ceiling, sight} : undefined, value =>
		roundTop(value, leastPercent),
	);
	return {
		...base,
		formatScale: value => `${Math.round(value)}%`,
		top,
		note: ceiling > 0 ? note : '',
		...(own === undefined ? {} : {limit: ceiling}),
	};
};

const memoryGraph = ({window, container, latest}: Facts): Graph => {
	const course = channelCourse(window, 'memoryBytes');
	const own = container?.details?.memoryLimitBytes ?? 0;
	const host = latest?.memoryLimitBytes ?? 0;
	const note =
		own > 0 ? `of ${formatMemory(own)} (its limit)` : host > 0 ? `of ${formatMemory(host)} (the host's)` : '';
	return {
		label: 'MEM',
		course,
		latest: latest?.memoryBytes,
		format: memory,
		formatScale: trimmed(memory),
		top: topOf(course.summary.most, ownCeiling(own), value => roundMemoryTop(value, leastMemory)),
		note,
		weight: 3,
		...(own > 0 ? {limit: own} : {}),
	};
};

const rateGraph = (
	{window, latest}: Facts,
	label: string,
	channel: Extract<Channel, `${string}Rate`>,
	{weight, note = ''}: {readonly weight: number; readonly note?: string},
): Graph => {
	const course = channelCourse(window, channel);
	return {
		label,
		course,
		latest: latest?.intervalMs === 0 ? undefined : latest?.[channel],
		format: rate,
		formatScale: formatRate,
		top: topOf(course.summary.most, undefined, value => roundTop(value, leastRate)),
		note,
		weight,
	};
};

const pidsGraph = ({window, container, latest}: Facts): Graph => {
	const course = channelCourse(window, 'pids');
	const limit = container?.details?.pidsLimit;
	return {
		label: 'PIDS',
		course,
		latest: latest?.pids,
		format: count,
		formatScale: trimmed(count),
		top: topOf(course.summary.most, ownCeiling(limit), value => roundTop(value, leastCount)),
		note: limit === undefined ? '' : `of ${limit} (its limit)`,
		weight: 1,
		...(limit === undefined ? {} : {limit}),
	};
};

/** Of the host's network, and of none, nobody counts what one container sends. */
const networkNote = (container: Container | undefined): string =>
	container?.networks.includes('host') === true ? "not counted on the host's network" : '';

/** Everything there is to draw of the open container, the most telling first. */
export const graphsOf = (state: State, window: StatsWindow): readonly Graph[] => {
	const container = state.opened?.container;
	const latest = container === undefined ? undefined : state.stats.byId.get(container.id)?.latest;
	const facts: Facts = {window, container, latest, cpus: state.engine.info?.cpus ?? 0};
	const note = networkNote(container);
	return [
		cpuGraph(facts),
		memoryGraph(facts),
		rateGraph(facts, 'NET in', 'netReceiveRate', {weight: 2, note}),
		rateGraph(facts, 'NET out', 'netSendRate', {weight: 2, note}),
		rateGraph(facts, 'BLK read', 'blockReadRate', {weight: 1}),
		rateGraph(facts, 'BLK write', 'blockWriteRate', {weight: 1}),
		pidsGraph(facts),
		...coreCourses(state, window).map(
			({latest: now, ...course}, core): Graph => ({
				label: `core ${core}`,
				course,
				latest: latest === undefined ? undefined : now,
				format: percent,
				formatScale: value => `${Math.round(value)}%`,
				top: 100,
				note: '',
				weight: 0,
				isSmall: true,
			}),
		),
	];
};
