import type {LogLine} from '../../engine/types.ts';

/**
 * A line as it is kept: the very object that was read, as copies of what comes by tens of thousands a second are half of
 * the work of the garbage collector. `from`: the place of its container among those of the view; absent: the first.
 */
export type LogEntry = LogLine & {readonly from?: number};

/** Lines that are kept and let go together; never changed. */
export type LogChunk = readonly LogEntry[];

export type LogLimits = {readonly lines: number; readonly bytes: number};

export const defaultLogLimits: LogLimits = {lines: 50_000, bytes: 32 * 1024 * 1024};

/**
 * Lines in chunks, so that neither adding to tens of thousands nor letting the oldest go copies them. Every line has a
 * number that stays while lines come after it or leave before it: its place among all that were ever kept.
 */
export type LogBuffer = {
	readonly chunks: readonly LogChunk[];
	/** Lines of the first chunk that are let go already. */
	readonly skipped: number;
	readonly count: number;
	/** What they take in memory, about. */
	readonly bytes: number;
	/** How many were let go before the first: also the number of the first. */
	readonly dropped: number;
};

export const emptyLogBuffer: LogBuffer = {chunks: [], skipped: 0, count: 0, bytes: 0, dropped: 0};

/** No chunk holds more, so that an addition copies no more. */
const chunkLines = 1024;
/** The objects that a line is made of, its stamp among them. */
const lineOverheadBytes = 160;

const bytesOf = ({text}: LogEntry): number => text.length + lineOverheadBytes;
const sumOf = (entries: readonly LogEntry[]): number =>
	entries.reduce((sum, entry) => sum + bytesOf(entry), 0);

const rechunked = (entries: readonly LogEntry[]): LogChunk[] => {
	const chunks: LogChunk[] = [];
	for (let at = 0; at < entries.length; at += chunkLines) chunks.push(entries.slice(at, at + chunkLines));
	return chunks;
};

/** Lets the oldest go until the limits are kept; the newest line stays however long it is. */
const capped = (buffer: LogBuffer, limits: LogLimits): LogBuffer => {
	let {skipped, count, bytes, dropped} = buffer;
	let gone = 0;
	while (count > 1 && (count > limits.lines || bytes > limits.bytes)) {
		const chunk = buffer.chunks[gone];
		const entry = chunk?.[skipped];
		if (chunk === undefined || entry === undefined) break;
		bytes -= bytesOf(entry);
		skipped += 1;
		count -= 1;
		dropped += 1;
		if (skipped < chunk.length) continue;
		gone += 1;
		skipped = 0;
	}
	if (dropped === buffer.dropped) return buffer;
	return {chunks: gone === 0 ? buffer.chunks : buffer.chunks.slice(gone), skipped, count, bytes, dropped};
};

/** With the lines after all others. */
export const appended = (buffer: LogBuffer, entries: readonly LogEntry[], limits: LogLimits): LogBuffer => {
	if (entries.length === 0) return buffer;
	const last = buffer.chunks.at(-1);
	const isOpen = last !== undefined && last.length < chunkLines;
	const chunks = isOpen
		? [...buffer.chunks.slice(0, -1), ...rechunked([...last, ...entries])]
		: [...buffer.chunks, ...rechunked(entries)];
	const next = {
		...buffer,
		chunks,
		count: buffer.count + entries.length,
		bytes: buffer.bytes + sumOf(entries),
	};
	return capped(next, limits);
};

/** The line of a number; `undefined` for one that is not kept. */
export const entryAt = (
	{chunks, skipped, dropped, count}: LogBuffer,
	number: number,
): LogEntry | undefined => {
	if (number < dropped || number >= dropped + count) return undefined;
	let at = number - dropped + skipped;
	for (const chunk of chunks) {
		if (at < chunk.length) return chunk[at];
		at -= chunk.length;
	}
	return undefined;
};

/** All lines, oldest first. */
export function* logEntries({chunks, skipped}: LogBuffer): Generator<LogEntry, void, undefined> {
	for (const [index, chunk] of chunks.entries()) {
		for (let at = index === 0 ? skipped : 0; at < chunk.length; at += 1) {
			const entry = chunk[at];
			if (entry !== undefined) yield entry;
		}
	}
}

export type Compare = (left: string, right: string) => number;

export type Merged = {
	readonly buffer: LogBuffer;
	/** The number that the line of an earlier number has now. */
	readonly moved: (number: number) => number;
};

/**
 * With the lines in their places by stamp, after those of the same stamp; looked for from the end on.
 * @param entries in the order of their stamps
 */
export const merged = (
	buffer: LogBuffer,
	entries: readonly LogEntry[],
	limits: LogLimits,
	compare: Compare,
): Merged => {
	const [first] = entries;
	const newest = buffer.chunks.at(-1)?.at(-1);
	if (first === undefined || newest === undefined || compare(newest.stamp, first.stamp) <= 0)
		return {buffer: appended(buffer, entries, limits), moved: number => number};
	let from = buffer.chunks.length - 1;
	while (from > 0 && compare(buffer.chunks[from]?.[0]?.stamp ?? '', first.stamp) > 0) from -= 1;
	const skipped = from === 0 ? buffer.skipped : 0;
	const touched = buffer.chunks.slice(from).flat().slice(skipped);
	const {all, places} = woven(touched, entries, compare);
	const before = buffer.chunks.slice(0, from);
	const number = buffer.dropped + buffer.count - touched.length;
	const next: LogBuffer = {
		...buffer,
		chunks: [...before, ...rechunked(all)],
		skipped: from === 0 ? 0 : buffer.skipped,
		count: buffer.count + entries.length,
		bytes: buffer.bytes + sumOf(entries),
	};
	return {
		buffer: capped(next, limits),
		// Each place says before which of the old lines a new one went.
		moved: old => old + places.reduce((sum, place) => sum + (number + place <= old ? 1 : 0), 0),
	};
};

const woven = (
	old: readonly LogEntry[],
	entries: readonly LogEntry[],
	compare: Compare,
): {readonly all: readonly LogEntry[]; readonly places: readonly number[]} => {
	const all: LogEntry[] = [];
	const places: number[] = [];
	let at = 0;
	for (const entry of entries) {
		for (let next = old[at]; next !== undefined && compare(next.stamp, entry.stamp) <= 0; next = old[at]) {
			all.push(next);
			at += 1;
		}
		all.push(entry);
		places.push(at);
	}
	for (; at < old.length; at += 1) {
		const next = old[at];
		if (next !== undefined) all.push(next);
	}
	return {all, places};
};

/** With older lines before all others, as far as there is room for them. @returns how many there was room for. */
export const prepended = (
	buffer: LogBuffer,
	older: readonly LogEntry[],
	limits: LogLimits,
): {readonly buffer: LogBuffer; readonly added: number} => {
	let bytes = buffer.bytes;
	let added = 0;
	for (const entry of older.toReversed()) {
		if (buffer.count + added >= limits.lines || bytes + bytesOf(entry) > limits.bytes) break;
		bytes += bytesOf(entry);
		added += 1;
	}
	const kept = older.slice(older.length - added);
	const [first = [], ...others] = buffer.chunks;
	const chunks = [
		...rechunked(kept),
		...(first.length === 0 ? [] : [first.slice(buffer.skipped)]),
		...others,
	];
	return {buffer: {...buffer, chunks, skipped: 0, count: buffer.count + added, bytes}, added};
};
