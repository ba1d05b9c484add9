import {parsePattern} from '../../format/pattern.ts';
import {withoutEscapes} from '../../format/sanitise.ts';
import type {LogBuffer, LogChunk, LogEntry} from '../views/log-buffer.ts';

/** Which lines are meant: by their name, so that what was found out about a chunk need not be found out again. */
export type LogMatcher = {readonly key: string; readonly test: (entry: LogEntry) => boolean};

const matcherOf = (key: string, pattern: RegExp, areNotesMeant: boolean): LogMatcher => ({
	key,
	test: ({text, source}) =>
		source === 'note' ? areNotesMeant : pattern.test(text.includes('\x1b') ? withoutEscapes(text) : text),
});

const patterns = new Map<string, ReturnType<typeof parsePattern>>();
const patternsKept = 32;

/** As `parsePattern`, once for each text. */
export const patternOf = (text: string): ReturnType<typeof parsePattern> => {
	const known = patterns.get(text);
	if (known !== undefined) return known;
	const parsed = parsePattern(text);
	if (patterns.size >= patternsKept) patterns.clear();
	patterns.set(text, parsed);
	return parsed;
};

/** Lines that pass the filter; `undefined` when all do, or when it is no pattern. Our own notes always pass. */
export const filterMatcher = (filter: string): LogMatcher | undefined => {
	const parsed = patternOf(filter);
	return parsed.ok && parsed.value !== undefined ? matcherOf(`F${filter}`, parsed.value, true) : undefined;
};

/** Lines that pass the filter and hold what is looked for; `undefined` when nothing is. */
export const findMatcher = (find: string, filter: string): LogMatcher | undefined => {
	const parsed = patternOf(find);
	if (!parsed.ok || parsed.value === undefined) return undefined;
	const found = matcherOf('', parsed.value, false);
	const passing = filterMatcher(filter);
	return {
		key: `/${find}\n${filter}`,
		test: entry => found.test(entry) && (passing === undefined || passing.test(entry)),
	};
};

type Found = {readonly key: string; readonly places: readonly number[]};

/** A chunk never changes: only the last one, which another takes the place of, is looked through again. */
const foundIn = new WeakMap<LogChunk, readonly Found[]>();
/** Of a filter and a search, while another is being typed. */
const foundKept = 4;

const placesIn = (chunk: LogChunk, {key, test}: LogMatcher): readonly number[] => {
	const known = foundIn.get(chunk) ?? [];
	const found = known.find(each => each.key === key);
	if (found !== undefined) return found.places;
	const places: number[] = [];
	for (const [place, entry] of chunk.entries()) if (test(entry)) places.push(place);
	foundIn.set(chunk, [...known.slice(1 - foundKept), {key, places}]);
	return places;
};

/** Lines in their order, by position; each position leads to the number of a line in the buffer. */
export type LogIndex = {
	readonly count: number;
	readonly numberAt: (position: number) => number | undefined;
	/** How many of these lines come before that number: also the position of the first that does not. */
	readonly positionOf: (number: number) => number;
};

const everyLine = ({dropped, count}: LogBuffer): LogIndex => ({
	count,
	numberAt: position => (position >= 0 && position < count ? dropped + position : undefined),
	positionOf: number => Math.min(count, Math.max(0, number - dropped)),
});

/** How many of the sorted places lie before this one. */
const countBefore = (places: readonly number[], place: number): number => {
	let [from, to] = [0, places.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((places[middle] ?? 0) < place) from = middle + 1;
		else to = middle;
	}
	return from;
};

/** The lines of the buffer that are meant. Costs one look at each chunk that was looked through before. */
export const logIndex = (buffer: LogBuffer, matcher: LogMatcher | undefined): LogIndex => {
	if (matcher === undefined) return everyLine(buffer);
	const {chunks, skipped, dropped} = buffer;
	let start = dropped - skipped;
	let count = 0;
	const parts = chunks.map((chunk, index) => {
		const places = placesIn(chunk, matcher);
		const hidden = index === 0 ? countBefore(places, skipped) : 0;
		const part = {start, length: chunk.length, places, hidden, before: count};
		start += chunk.length;
		count += places.length - hidden;
		return part;
	});
	return {
		count,
		numberAt: position => {
			if (position < 0) return undefined;
			const part = parts.findLast(({before}) => before <= position);
			const place = part?.places[position - part.before + part.hidden];
			return part === undefined || place === undefined ? undefined : part.start + place;
		},
		positionOf: number => {
			const part = parts.findLast(each => each.start <= number);
			if (part === undefined) return 0;
			return part.before + Math.max(0, countBefore(part.places, number - part.start) - part.hidden);
		},
	};
};
