import type {ContainerId, StatsSample} from '../../engine/types.ts';
import type {Track} from '../history/track.ts';

/** What is remembered of each reading, in the order of a track's channels. Rates are bytes per second. */
export const channels = [
	'cpuPercent',
	'memoryBytes',
	'netReceiveRate',
	'netSendRate',
	'blockReadRate',
	'blockWriteRate',
	'pids',
] as const;
export type Channel = (typeof channels)[number];

/** One number for each channel; NaN for what is not known. */
export type Point = {readonly [Key in Channel]: number};

/** New after each reading; the track in it is the same one, written in place. */
export type StatsHistory = {readonly latest: StatsSample; readonly track: Track};

export type StatsTotals = {readonly latest: Point; readonly track: Track};

/** How many containers' numbers come from this machine's kernel, and how many from the engine. */
export type StatsSources = {readonly local: number; readonly api: number};

/** How far back the graphs go: five minutes, half an hour, or all there is. */
export const spans = ['short', 'long', 'all'] as const;
export type Span = (typeof spans)[number];

/** How a container's statistics are looked at. */
export type StatsView = {
	readonly span: Span;
	/** Epoch ms of the moment that is looked at; absent: the newest. */
	readonly cursorAt?: number;
};

export type StatsState = {
	/** Of what runs and was read. */
	readonly byId: ReadonlyMap<ContainerId, StatsHistory>;
	/** The past of every container that was ever read and is still there. */
	readonly tracks: ReadonlyMap<ContainerId, Track>;
	/** Sums over the running containers with a reading. */
	readonly totals: StatsTotals;
	/** Of each core, of the container whose statistics were looked at last. */
	readonly cores?: {
		readonly containerId: ContainerId;
		readonly latest: readonly number[];
		readonly track: Track;
	};
	/** Absent until something was read. */
	readonly sources?: StatsSources;
	readonly view: StatsView;
};

export type StatsMessage =
	| {readonly type: 'stats/span-set'; readonly span: Span}
	/** @param at epoch ms; absent: the newest, whatever comes */
	| {readonly type: 'stats/cursor-set'; readonly at: number | undefined};
