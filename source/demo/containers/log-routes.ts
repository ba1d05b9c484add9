import type {Clock} from '../../clock.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {frame, outputType} from '../http/frames.ts';
import {flag, nanoseconds} from '../http/query.ts';
import {nanoStamp, stamp} from '../timestamp.ts';
import type {ContainerStore} from './container-store.ts';
import {followLog} from './follow-log.ts';
import {type ContainerLog, type LogRange, type LogStore, logEntries} from './log-store.ts';
import type {LogEntry} from './run-log.ts';

/** `GET /containers/{id}/logs`. */
export const logRoutes = (clock: Clock, store: ContainerStore, logs: LogStore): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/logs$/,
		handle: ({query, signal, apiMinor}, [reference = '']) => {
			const isShown = {stdout: flag(query, 'stdout'), stderr: flag(query, 'stderr')};
			if (!isShown.stdout && !isShown.stderr)
				throw new DemoError(400, 'Bad parameters: you must choose at least one stream');
			const {id, spec} = store.get(reference);
			const since = nanoseconds(query, 'since') ?? '';
			const hasTimes = flag(query, 'timestamps');
			const write = (entries: Iterable<LogEntry>): Buffer => {
				const pieces: Buffer[] = [];
				for (const {at, nanoseconds: within, stream, text} of entries) {
					if (!isShown[stream] || nanoStamp(at, within) < since) continue;
					const line = hasTimes ? `${stamp(at, within)} ${text}` : text;
					pieces.push(spec.isTty ? Buffer.from(line.replace(/\r?\n/g, '\r\n')) : frame(stream, line));
				}
				return Buffer.concat(pieces);
			};
			const range = rangeOf(query, since);
			const stream = output(clock, logs.of(id), range, {isFollowed: flag(query, 'follow'), write, signal});
			return {status: 200, contentType: outputType(spec.isTty, apiMinor), stream};
		},
	},
];

const rangeOf = (query: URLSearchParams, since: string): LogRange => {
	const until = nanoseconds(query, 'until');
	const tail = query.get('tail') ?? '';
	return {
		since: since === '' ? 0 : Number(since.slice(0, -6)),
		until: until === undefined || /^0+$/.test(until) ? Number.POSITIVE_INFINITY : Number(until.slice(0, -6)),
		// What is no number is all, also for a real engine.
		tail: /^\d+$/.test(tail) ? Number(tail) : Number.POSITIVE_INFINITY,
	};
};

type Output = {
	readonly isFollowed: boolean;
	readonly write: (entries: Iterable<LogEntry>) => Buffer;
	readonly signal: AbortSignal;
};

/** So many entries go out in one piece. */
const batchSize = 500;

async function* output(
	clock: Clock,
	log: ContainerLog,
	range: LogRange,
	{isFollowed, write, signal}: Output,
): AsyncGenerator<Buffer, void, undefined> {
	if (isFollowed) {
		for await (const batch of followLog(clock, log, range, signal)) {
			const bytes = write(batch);
			if (bytes.length > 0) yield bytes;
		}
		return;
	}
	const entries = logEntries(log, {...range, until: Math.min(range.until, clock.now())});
	let batch: LogEntry[] = [];
	for (const entry of entries) {
		batch.push(entry);
		if (batch.length < batchSize) continue;
		yield write(batch);
		batch = [];
	}
	if (batch.length > 0) yield write(batch);
}
