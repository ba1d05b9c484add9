import type {ContainerId, LogLine} from '../engine/types.ts';
import {compareStamps} from '../state/stamp.ts';
import {type LogEntry, logEntries} from '../state/views/log-buffer.ts';
import type {LogPart, LogRequest, LogsDemand} from '../state/views/logs.ts';
import type {Session} from './context.ts';

export type OlderLogs = {
	/** Asks once for what comes before the first line; nothing while that is under way. */
	readonly load: (demand: LogsDemand) => void;
	readonly stop: () => void;
};

const pageLines = 1000;
/** Without a single older line in the answer more is asked for once: some of what came after may never have been seen. */
const growth = 8;

/** What is kept of one container's log: its oldest stamp, how many lines carry it, and how many there are. */
type Kept = {readonly stamp: string; readonly countAtStamp: number; readonly count: number};

const keptOf = (entries: Iterable<LogEntry>, from: number): Kept | undefined => {
	let stamp = '';
	let countAtStamp = 0;
	let count = 0;
	for (const entry of entries) {
		if ((entry.from ?? 0) !== from || entry.source === 'note' || entry.stamp === '') continue;
		const order = stamp === '' ? -1 : compareStamps(entry.stamp, stamp);
		countAtStamp = order < 0 ? 1 : order === 0 ? countAtStamp + 1 : countAtStamp;
		if (order < 0) stamp = entry.stamp;
		count += 1;
	}
	return stamp === '' ? undefined : {stamp, countAtStamp, count};
};

/** Of lines up to the oldest stamp that is kept, those that are not. */
const onlyOlder = (lines: readonly LogLine[], {stamp, countAtStamp}: Kept): readonly LogLine[] => {
	let last = '';
	const orders = lines.map(line => {
		last = line.stamp === '' ? last : line.stamp;
		return last === '' ? -1 : Math.sign(compareStamps(last, stamp));
	});
	const newAtStamp = orders.filter(order => order === 0).length - countAtStamp;
	let seenAtStamp = 0;
	return lines.filter((_, index) => {
		const order = orders[index] ?? 1;
		if (order === 0) seenAtStamp += 1;
		return order < 0 || (order === 0 && seenAtStamp <= newAtStamp);
	});
};

/** Pages back: the engine takes its tail first and looks at the times then, so the tail must reach over what is known. */
export const createOlderLogs = (session: Session): OlderLogs => {
	const {engine, scope, clock} = session;
	let current: {readonly request: LogRequest; readonly abort: () => void} | undefined;

	const readAll = async (
		id: ContainerId,
		options: {readonly tail: number; readonly until: string},
		signal: AbortSignal,
	): Promise<readonly LogLine[]> => {
		const container = session.getState().containers.byId.get(id);
		const details = container?.details ?? (await engine.inspectContainer(id, signal))?.details;
		const all: LogLine[] = [];
		const how = {...options, follow: false, isTty: details?.isTty ?? false};
		for await (const lines of engine.logs(id, how, signal)) for (const line of lines) all.push(line);
		return all;
	};

	const page = async (id: ContainerId, size: number, signal: AbortSignal): Promise<LogPart> => {
		const {logs} = session.getState();
		const from = logs?.members.findIndex(member => member.id === id) ?? -1;
		const kept = logs === undefined ? undefined : keptOf(logEntries(logs.buffer), from);
		const until = kept?.stamp ?? new Date(clock.now()).toISOString();
		const olderWithin = async (tail: number): Promise<readonly LogLine[]> => {
			const lines = await readAll(id, {tail, until}, signal);
			return (kept === undefined ? lines : onlyOlder(lines, kept)).slice(-size);
		};
		const tail = (kept?.count ?? 0) + size;
		const older = await olderWithin(tail);
		return {containerId: id, lines: older.length > 0 ? older : await olderWithin(tail * growth)};
	};

	const run = async ({request, members}: LogsDemand, signal: AbortSignal): Promise<void> => {
		const size = Math.max(50, Math.floor(pageLines / Math.max(1, members.length)));
		try {
			const parts: LogPart[] = [];
			for (const {containerId} of members) parts.push(await page(containerId, size, signal));
			session.post({type: 'engine/older-logs-loaded', request, parts});
		} catch {
			// Those that follow say why it cannot be read; the next step up tries again.
			if (!signal.aborted) session.post({type: 'engine/older-logs-failed', request});
		} finally {
			if (current?.request === request) current = undefined;
		}
	};

	return {
		load(demand) {
			if (current?.request === demand.request) return;
			current = {request: demand.request, abort: scope.start(signal => run(demand, signal))};
		},
		stop() {
			current?.abort();
			current = undefined;
		},
	};
};
