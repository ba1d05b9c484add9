import type {OutputName} from '../http/frames.ts';
import {seedOf} from '../random.ts';
import {type Bell, createBell} from './bell.ts';
import type {Program} from './program.ts';
import {
	createRunLog,
	cursorAt,
	cursorOfTail,
	entriesAfter,
	type LogCursor,
	type LogEntry,
	type RunLog,
} from './run-log.ts';

/** The logs of a container: one per run, the latest last. */
export type ContainerLog = {readonly runs: readonly RunLog[]; readonly bell: Bell};

export type LogRange = {
	/** Epoch milliseconds, both inclusive. */
	readonly since: number;
	readonly until: number;
	/** The last so many entries. */
	readonly tail: number;
};

export type LogStore = {
	readonly begin: (id: string, startedAt: number, program: Program) => void;
	readonly end: (id: string, endedAt: number) => void;
	readonly append: (id: string, at: number, stream: OutputName, text: string) => void;
	readonly forget: (id: string) => void;
	/** Empty for a container that never ran; stays readable for its holder after `forget`. */
	readonly of: (id: string) => ContainerLog;
};

/** Of a container that restarts for ever, the logs of so many runs are kept. */
const keptRuns = 20;
/** A command that has written so many entries has filled its log. */
const keptRecorded = 20_000;

export const createLogStore = (): LogStore => {
	const logs = new Map<string, {runs: RunLog[]; bell: Bell}>();
	const current = (id: string): RunLog | undefined => logs.get(id)?.runs.at(-1);
	const open = (id: string): {runs: RunLog[]; bell: Bell} => {
		const log = logs.get(id) ?? {runs: [], bell: createBell()};
		logs.set(id, log);
		return log;
	};

	return {
		begin: (id, startedAt, program) => {
			const log = open(id);
			log.runs.push(createRunLog(startedAt, program, seedOf(id) + log.runs.length));
			if (log.runs.length > keptRuns) log.runs.shift();
			log.bell.ring();
		},
		end: (id, endedAt) => {
			const run = current(id);
			if (run !== undefined) run.endedAt ??= endedAt;
			logs.get(id)?.bell.ring();
		},
		append: (id, at, stream, text) => {
			const run = current(id);
			if (run === undefined || run.recorded.length >= keptRecorded) return;
			run.recorded.push({at, nanoseconds: run.recorded.length, stream, text});
			logs.get(id)?.bell.ring();
		},
		forget: id => {
			const log = logs.get(id);
			logs.delete(id);
			log?.bell.ring();
		},
		of: open,
	};
};

/** A run, and from where on it is to be read. */
export type LogSegment = {readonly run: RunLog; readonly cursor: LogCursor};

/** What a range covers, oldest run first; the last is always the latest run, even when nothing of it is wanted yet. */
export const segmentsOf = ({runs}: ContainerLog, {since, until, tail}: LogRange): readonly LogSegment[] => {
	const segments: LogSegment[] = [];
	let left = tail;
	for (const run of runs.toReversed()) {
		const {cursor, found} = cursorOfTail(run, until, left);
		const first = cursorAt(run, since);
		segments.unshift({run, cursor: isBehind(first, cursor) ? first : cursor});
		left -= found;
		if (left <= 0 || run.startedAt < since) break;
	}
	return segments;
};

const isBehind = (one: LogCursor, other: LogCursor): boolean =>
	one.recorded + one.chatter > other.recorded + other.chatter;

/** The entries of a range. */
export function* logEntries(log: ContainerLog, range: LogRange): Generator<LogEntry, void, undefined> {
	for (const {run, cursor} of segmentsOf(log, range)) yield* entriesAfter(run, cursor, range.until);
}
