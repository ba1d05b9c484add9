import type {ContainerId, LogLine} from '../../engine/types.ts';
import type {Fault} from '../loading.ts';
import type {LogBuffer, LogLimits} from './log-buffer.ts';

/** Whose logs are shown together; of a project whatever belongs to it at the time. */
export type LogSelection =
	| {readonly kind: 'containers'; readonly ids: readonly ContainerId[]}
	| {readonly kind: 'project'; readonly project: string};

/** From where on a log is read, in the order of the keys `0` to `6`. */
export const logRanges = ['tail', '1m', '5m', '15m', '1h', '24h', 'all'] as const;
export type LogRange = (typeof logRanges)[number];

/** What is read. Another one, equal or not, is another view: it begins anew. */
export type LogRequest = {
	readonly of: LogSelection;
	readonly range: LogRange;
	readonly limits: LogLimits;
};

/** `waiting`: the container does not run; the stream opens again when it starts. */
export type LogMemberStatus = 'opening' | 'following' | 'waiting' | 'failed' | 'removed';

export type LogMember = {
	readonly id: ContainerId;
	readonly name: string;
	readonly status: LogMemberStatus;
	readonly fault?: Fault;
};

/** How lines are shown; stays when another log is opened. */
export type LogLook = {
	readonly hasTimestamps: boolean;
	readonly isWrapped: boolean;
	/** Lines that are JSON objects are told as words. */
	readonly isPretty: boolean;
};

/** The first row on the screen: a line by its number in the buffer, and a row of it where it is wrapped. */
export type LogPlace = {readonly line: number; readonly row: number};

export type LogsState = {
	readonly request: LogRequest;
	/** In the order in which they came; lines name them by their place here. */
	readonly members: readonly LogMember[];
	readonly buffer: LogBuffer;
	readonly look: LogLook;
	readonly isFollowing: boolean;
	/** Holds while it does not follow. */
	readonly place: LogPlace;
	/** First cell shown of lines that are not wrapped. */
	readonly column: number;
	/**
	 * Lines from before the first: `wanted` are being asked for, `start`: there are none, `full`: there is no room for
	 * them.
	 */
	readonly older: 'idle' | 'wanted' | 'start' | 'full' | 'failed';
	/** What was last looked for: when that changes, the view goes to the next line with it. */
	readonly sought: string;
	/** The number of the line that was found last. */
	readonly found?: number;
};

export type LogPart = {readonly containerId: ContainerId; readonly lines: readonly LogLine[]};

/** Facts about the log view that is open; those of a request that is not are out of date. */
export type LogsFact =
	/** A stream opened; `isReopened` when lines shown before stay. */
	| {
			readonly type: 'engine/logs-opened';
			readonly request: LogRequest;
			readonly containerId: ContainerId;
	  }
	| {
			readonly type: 'engine/logs-appended';
			readonly request: LogRequest;
			readonly parts: readonly LogPart[];
	  }
	/** The stream ended with the container, or broke. */
	| {
			readonly type: 'engine/logs-ended';
			readonly request: LogRequest;
			readonly containerId: ContainerId;
			readonly fault?: Fault;
	  }
	/** Lines from before the first; none at all when that is the start. */
	| {
			readonly type: 'engine/older-logs-loaded';
			readonly request: LogRequest;
			readonly parts: readonly LogPart[];
	  }
	| {readonly type: 'engine/older-logs-failed'; readonly request: LogRequest};

export type LogsIntent =
	| {readonly type: 'logs/follow-set'; readonly isFollowing: boolean}
	| {readonly type: 'logs/look-toggled'; readonly part: keyof LogLook}
	| {readonly type: 'logs/range-set'; readonly range: LogRange}
	| {readonly type: 'logs/moved-sideways'; readonly cells: number}
	/** To the next line with what is looked for, or the one before. */
	| {readonly type: 'logs/find-moved'; readonly step: 1 | -1};

/** What the view needs from the engine. */
export type LogsDemand = {
	readonly request: LogRequest;
	readonly members: readonly {readonly containerId: ContainerId; readonly isRunning: boolean}[];
	readonly wantsOlder: boolean;
};
