import type {Clock} from '../../clock.ts';
import {type ContainerLog, type LogRange, segmentsOf} from './log-store.ts';
import {entriesAfter, type LogCursor, type LogEntry, nextDue, type RunLog} from './run-log.ts';

/** The entries of a range, then those that come until the run ends, as `follow=1` has it. In batches. */
export async function* followLog(
	clock: Clock,
	log: ContainerLog,
	range: LogRange,
	signal: AbortSignal,
): AsyncGenerator<readonly LogEntry[], void, undefined> {
	const segments = segmentsOf(log, {...range, until: Math.min(range.until, clock.now())});
	for (const {run, cursor} of segments.slice(0, -1)) yield [...entriesAfter(run, cursor, range.until)];
	const last = segments.at(-1);
	if (last === undefined) return;
	let {cursor} = last;
	while (!signal.aborted) {
		const now = Math.min(clock.now(), range.until);
		const read = batchAfter(last.run, cursor, now);
		cursor = read.cursor;
		if (read.batch.length > 0) yield read.batch;
		if (last.run.endedAt !== undefined || now >= range.until) return;
		const due = Math.min(nextDue(last.run, cursor), range.until);
		await log.bell.heard(clock, due - clock.now(), signal);
	}
}

const batchAfter = (
	run: RunLog,
	cursor: LogCursor,
	until: number,
): {readonly batch: readonly LogEntry[]; readonly cursor: LogCursor} => {
	const batch: LogEntry[] = [];
	const entries = entriesAfter(run, cursor, until);
	for (;;) {
		const step = entries.next();
		if (step.done === true) return {batch, cursor: step.value};
		batch.push(step.value);
	}
};
