import {fromOf, type Ring, slotOf, toOf, weightOf} from './ring.ts';
import {type Track, unitMs} from './track.ts';

/** Epoch ms: from the first to before the second. */
export type Period = {readonly from: number; readonly to: number};

export type Summary = {readonly least: number; readonly mean: number; readonly most: number};

/** A period in equal columns: mean and most of each, NaN where nothing was read. */
export type Columns = {readonly mean: Float64Array; readonly most: Float64Array};

const fineMs = 5 * 60_000;
const middleMs = 30 * 60_000;
/** Of the columns at the edge of a period. */
const slackMs = 15_000;

/** The finest readings that reach as far back as the period does. */
const ringFor = ({fine, middle, coarse, base}: Track, {from, to}: Period): Ring => {
	const oldest = (ring: Ring): number =>
		ring.length === 0 ? Number.POSITIVE_INFINITY : base + fromOf(ring, slotOf(ring, 0)) * unitMs;
	const reaches = (ring: Ring): boolean => oldest(ring) <= Math.max(from + slackMs, oldest(coarse));
	const lengthMs = to - from;
	if (lengthMs <= fineMs + slackMs && reaches(fine)) return fine;
	return lengthMs <= middleMs + slackMs && reaches(middle) ? middle : coarse;
};

type Entry = {from: number; to: number; least: number; mean: number; most: number; weight: number};

/** Tells each entry about a channel that touches the period, oldest first; the same object each time. */
const eachEntry = (track: Track, channel: number, period: Period, tell: (entry: Entry) => void): void => {
	const ring = ringFor(track, period);
	const isFine = ring === track.fine;
	const entry: Entry = {from: 0, to: 0, least: 0, mean: 0, most: 0, weight: 0};
	for (let index = 0; index < ring.length; index += 1) {
		const slot = slotOf(ring, index);
		entry.to = track.base + toOf(ring, slot) * unitMs;
		entry.from = track.base + fromOf(ring, slot) * unitMs;
		if (entry.to <= period.from || entry.from >= period.to) continue;
		const at = slot * ring.width + (isFine ? channel : channel * 3);
		entry.least = ring.values[at] ?? Number.NaN;
		entry.mean = isFine ? entry.least : (ring.values[at + 1] ?? Number.NaN);
		entry.most = isFine ? entry.least : (ring.values[at + 2] ?? Number.NaN);
		entry.weight = weightOf(ring, slot);
		if (!Number.isNaN(entry.mean)) tell(entry);
	}
};

/** Of a channel over a period; NaN when nothing was read. */
export const summaryOf = (track: Track, channel: number, period: Period): Summary => {
	let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	let [sum, weight] = [0, 0];
	eachEntry(track, channel, period, entry => {
		least = Math.min(least, entry.least);
		most = Math.max(most, entry.most);
		sum += entry.mean * entry.weight;
		weight += entry.weight;
	});
	return weight === 0
		? {least: Number.NaN, mean: Number.NaN, most: Number.NaN}
		: {least, mean: sum / weight, most};
};

/** A channel over a period in so many columns of equal time. */
export const columnsOf = (track: Track, channel: number, period: Period, count: number): Columns => {
	const mean = new Float64Array(count).fill(Number.NaN);
	const most = new Float64Array(count).fill(Number.NaN);
	const weights = new Float64Array(count);
	const columnMs = (period.to - period.from) / count;
	eachEntry(track, channel, period, entry => {
		const first = Math.max(0, Math.floor((entry.from - period.from) / columnMs));
		const last = Math.min(count - 1, Math.ceil((entry.to - period.from) / columnMs) - 1);
		for (let column = first; column <= last; column += 1) {
			const start = period.from + column * columnMs;
			const overlap = Math.min(entry.to, start + columnMs) - Math.max(entry.from, start);
			const before = weights[column] ?? 0;
			const share = overlap / (before + overlap);
			const known = mean[column] ?? Number.NaN;
			weights[column] = before + overlap;
			mean[column] = before === 0 ? entry.mean : known + (entry.mean - known) * share;
			most[column] = before === 0 ? entry.most : Math.max(most[column] ?? entry.most, entry.most);
		}
	});
	return {mean, most};
};

/** Epoch ms of the first reading there is; `undefined` without one. */
export const beginningOf = ({coarse, base}: Track): number | undefined =>
	coarse.length === 0 ? undefined : base + fromOf(coarse, slotOf(coarse, 0)) * unitMs;

/** Epoch ms of the newest reading. */
export const endOf = ({fine, base}: Track): number | undefined =>
	fine.length === 0 ? undefined : base + toOf(fine, slotOf(fine, fine.length - 1)) * unitMs;

/** The newest readings of a channel, at most `count`, oldest first: those since the last gap. */
export const recentOf = ({fine, channels}: Track, channel: number, count: number): readonly number[] => {
	const values: number[] = [];
	let next: number | undefined;
	for (let index = fine.length - 1; index >= 0 && values.length < count; index -= 1) {
		const slot = slotOf(fine, index);
		if (next !== undefined && toOf(fine, slot) < next) break;
		values.push(fine.values[slot * channels + channel] ?? Number.NaN);
		next = fromOf(fine, slot);
	}
	return values.reverse();
};
