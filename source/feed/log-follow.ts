import {EngineError} from '../engine/errors.ts';
import type {ContainerId, LogLine} from '../engine/types.ts';
import type {LogRange, LogRequest} from '../state/views/logs.ts';
import type {Session} from './context.ts';
import {faultOf, isConnectionLoss} from './fault.ts';
import {createLogCursor, type LogCursor} from './log-cursor.ts';

/** The view's place in each log; outlives a connection. */
export type LogMemory = {
	current?: {readonly request: LogRequest; readonly cursors: Map<ContainerId, LogCursor>};
};

export type LogFollow = {
	readonly turn: (isRunning: boolean) => void;
	/** A new run of the container began. */
	readonly started: () => void;
	readonly stop: () => void;
};

export type Following = {
	readonly containerId: ContainerId;
	readonly request: LogRequest;
	readonly cursors: Map<ContainerId, LogCursor>;
	/** How many logs are shown together. */
	readonly memberCount: number;
	readonly isRunning: boolean;
	readonly tell: (id: ContainerId, lines: readonly LogLine[]) => void;
	/** All that was told so far goes out, before what is posted next. */
	readonly settle: () => void;
};

const tail = 500;
/** Of many logs together fewer lines of each. */
const tailTogether = 4000;
/** As many new lines may there be after a lost connection without one of them missing. */
const tailAgain = 20_000;
/** A log that ends although its container runs is not opened again faster than this. */
const reopenMs = 250;
const retryMs = 1000;
/** A log without a line is told to be open after this. */
const announceMs = 120;

const minuteMs = 60_000;
const spans: Readonly<Partial<Record<LogRange, number>>> = {
	'1m': minuteMs,
	'5m': 5 * minuteMs,
	'15m': 15 * minuteMs,
	'1h': 60 * minuteMs,
	'24h': 24 * 60 * minuteMs,
};

/** What is asked for at first: always a tail, since alone has the engine read its whole file. */
const firstOptions = (
	{range, limits}: LogRequest,
	memberCount: number,
	now: number,
): {readonly tail: number; readonly since?: string} => {
	const share = (lines: number): number => Math.max(20, Math.floor(lines / memberCount));
	if (range === 'tail') return {tail: Math.min(tail, share(tailTogether), limits.lines)};
	const span = spans[range];
	return {
		tail: share(limits.lines),
		...(span === undefined ? {} : {since: new Date(now - span).toISOString()}),
	};
};

const once = (run: () => void): (() => void) => {
	let hasRun = false;
	return () => {
		if (!hasRun) run();
		hasRun = true;
	};
};

const gapNote = 'lines may be missing here: the log was rotated, or more came than were asked for again';

const newLines = (cursor: LogCursor, lines: readonly LogLine[]): readonly LogLine[] => {
	const fresh: LogLine[] = [];
	for (const line of lines) {
		const sighting = cursor.sight(line);
		if (sighting === 'seen') continue;
		if (sighting === 'after-gap')
			fresh.push({source: 'note', text: gapNote, stamp: line.stamp, isPiece: false});
		fresh.push(line);
	}
	return fresh;
};

const isTty = async ({engine, getState}: Session, id: ContainerId, signal: AbortSignal): Promise<boolean> => {
	const known = getState().containers.byId.get(id)?.details;
	if (known !== undefined) return known.isTty;
	const container = await engine.inspectContainer(id, signal);
	if (container?.details !== undefined) return container.details.isTty;
	throw new EngineError('not-found', `No such container: ${id}`);
};

/** Reads one stream to its end. */
const readStream = async (
	session: Session,
	{containerId, request, cursors, memberCount, tell}: Following,
	signal: AbortSignal,
): Promise<void> => {
	const {engine, clock, scope} = session;
	const cursor = cursors.get(containerId) ?? createLogCursor();
	cursors.set(containerId, cursor);
	const since = cursor.since();
	const range =
		since === undefined
			? firstOptions(request, memberCount, clock.now())
			: {tail: Math.min(tailAgain, request.limits.lines), since};
	const options = {...range, follow: true, isTty: await isTty(session, containerId, signal)};
	if (signal.aborted) return;
	cursor.rewind();
	const batches = engine.logs(containerId, options, signal);
	// Told with the first lines, which are a moment behind: else they would wait for the next dispatch.
	const announce = once(() => session.post({type: 'engine/logs-opened', request, containerId}));
	const callOff = scope.after(announceMs, announce);
	try {
		for await (const lines of batches) {
			if (signal.aborted) return;
			announce();
			tell(containerId, newLines(cursor, lines));
		}
		announce();
	} finally {
		callOff();
	}
};

/** Follows one log over stops, restarts and lost connections. */
export const followLog = (session: Session, following: Following): LogFollow => {
	const {engine, clock, scope} = session;
	const {containerId, request, settle} = following;
	let isReading = false;
	let isStopped = false;
	/** The container began to run while its old log was still being read to the end. */
	let hasStarted = false;
	let {isRunning} = following;
	let abort = (): void => undefined;

	const end = (error?: unknown): void => {
		settle();
		const fault = error === undefined ? {} : {fault: faultOf(error, clock.now())};
		session.post({type: 'engine/logs-ended', request, containerId, ...fault});
	};

	const run = async (signal: AbortSignal): Promise<void> => {
		try {
			await readStream(session, following, signal);
			if (signal.aborted) return;
			const container = await engine.inspectContainer(containerId, signal);
			isReading = false;
			if (signal.aborted) return;
			const runsAgain = hasStarted || container?.state === 'running' || container?.state === 'paused';
			if (runsAgain) openLater(hasStarted ? 0 : reopenMs);
			else end();
		} catch (error) {
			isReading = false;
			if (signal.aborted) return;
			end(error);
			// A proxy cut the stream, or the whole connection is about to be found lost.
			if (isConnectionLoss(error)) openLater(retryMs);
		}
	};

	const openLater = (delayMs: number): void => {
		scope.after(delayMs, open);
	};

	const open = (): void => {
		if (isStopped || isReading) return;
		isReading = true;
		hasStarted = false;
		abort = scope.start(run);
	};

	open();
	return {
		turn(next) {
			const hasTurned = next && !isRunning;
			isRunning = next;
			if (hasTurned) open();
		},
		started() {
			if (isReading) hasStarted = true;
			else open();
		},
		stop() {
			isStopped = true;
			abort();
		},
	};
};
