import type {OutputName} from '../http/frames.ts';
import {noise} from '../random.ts';
import type {Chatter, Program} from './program.ts';

export type LogEntry = {
	/** Epoch milliseconds. */
	readonly at: number;
	/** Within that millisecond. */
	readonly nanoseconds: number;
	readonly stream: OutputName;
	/** With its line break, if it has one. */
	readonly text: string;
};

/** How far a reader is: how many entries of each source it has had. */
export type LogCursor = {readonly recorded: number; readonly chatter: number};

/**
 * What one run of a container has written: entries that were recorded, and the chatter of a service, which is
 * made when it is read.
 */
export type RunLog = {
	readonly startedAt: number;
	endedAt: number | undefined;
	readonly recorded: LogEntry[];
	readonly chatter: Chatter | undefined;
	readonly seed: number;
	readonly chatterFrom: number;
};

/** Between two lines of a greeting. */
const greetingEveryMs = 40;
/** Chatter older than so many lines was rotated away. */
const keptLines = 20_000;
/** How much of an interval a line may be late. */
const jitter = 0.8;

export const createRunLog = (startedAt: number, program: Program, seed: number): RunLog => {
	const greeting = program.kind === 'service' ? program.greeting : [];
	return {
		startedAt,
		endedAt: undefined,
		recorded: greeting.map((line, index) => ({
			at: startedAt + (index + 1) * greetingEveryMs,
			nanoseconds: Math.floor(noise(seed, index) * 1_000_000),
			stream: 'stdout',
			text: `${line}\n`,
		})),
		chatter: program.kind === 'service' ? program.chatter : undefined,
		seed,
		chatterFrom: startedAt + (greeting.length + 1) * greetingEveryMs,
	};
};

/** Entries after a cursor and not after `until`, in the order of time. @returns the cursor behind them */
export function* entriesAfter(
	run: RunLog,
	cursor: LogCursor,
	until: number,
): Generator<LogEntry, LogCursor, undefined> {
	let {recorded, chatter} = cursor;
	for (;;) {
		const next = run.recorded[recorded];
		const chatterAt = timeOf(run, chatter);
		const isRecorded = next !== undefined && next.at <= chatterAt;
		const at = isRecorded ? next.at : chatterAt;
		if (at > until || at > (run.endedAt ?? at)) return {recorded, chatter};
		yield isRecorded ? next : chatterEntry(run, chatter);
		if (isRecorded) recorded += 1;
		else chatter += 1;
	}
}

/** When the next entry after a cursor is due, epoch milliseconds; infinite when nothing is known to come. */
export const nextDue = (run: RunLog, {recorded, chatter}: LogCursor): number =>
	Math.min(run.recorded[recorded]?.at ?? Number.POSITIVE_INFINITY, timeOf(run, chatter));

/** Behind all that was written before a time. */
export const cursorAt = (run: RunLog, time: number): LogCursor => {
	const written = run.recorded.findIndex(entry => entry.at >= time);
	return {
		recorded: written < 0 ? run.recorded.length : written,
		chatter: chatterBefore(run, time),
	};
};

/** Before the last `count` entries that were written until a time, and how many there are. */
export const cursorOfTail = (
	run: RunLog,
	until: number,
	count: number,
): {readonly cursor: LogCursor; readonly found: number} => {
	const end = cursorAt(run, Math.min(until, run.endedAt ?? until) + 1);
	const chatter = Math.min(count, end.chatter - oldestChatter(end.chatter));
	const recorded = Math.min(count - chatter, end.recorded);
	return {
		cursor: {recorded: end.recorded - recorded, chatter: end.chatter - chatter},
		found: chatter + recorded,
	};
};

const oldestChatter = (written: number): number => Math.max(0, written - keptLines);

const timeOf = (run: RunLog, index: number): number => {
	if (run.chatter === undefined) return Number.POSITIVE_INFINITY;
	const late = jitter * noise(run.seed, index);
	return Math.floor(run.chatterFrom + (index + late) * run.chatter.everyMs);
};

/** How many lines of chatter come before a time. */
const chatterBefore = (run: RunLog, time: number): number => {
	if (run.chatter === undefined || time <= run.chatterFrom) return 0;
	const index = Math.floor((time - run.chatterFrom) / run.chatter.everyMs);
	return timeOf(run, index) < time ? index + 1 : index;
};

const chatterEntry = (run: RunLog, index: number): LogEntry => {
	const at = timeOf(run, index);
	const chance = (which: number): number => noise(run.seed + which + 1, index);
	const line = run.chatter?.line({index, at, chance}) ?? '';
	const {stream, text} = typeof line === 'string' ? {stream: 'stdout' as const, text: line} : line;
	return {at, nanoseconds: Math.floor(chance(97) * 1_000_000), stream, text: `${text}\n`};
};
