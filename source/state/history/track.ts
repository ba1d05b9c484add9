import {
	bytesOfRing,
	createRing,
	extend,
	fromOf,
	moveEntry,
	prolong,
	type Ring,
	slotOf,
	toOf,
	weightOf,
} from './ring.ts';

/**
 * What was read of something since it is known, of bounded size whatever its age: each reading for five minutes,
 * twelve seconds as one for half an hour, and all of it in at most `coarseEntries`, whose length doubles whenever they
 * would become more. A merged entry keeps least, mean and most.
 *
 * It is written in place: a reading costs the same however long the past is, and nothing is copied. What the state
 * holds of it is therefore wrapped in an object that is new after each reading; two states may share one track, which
 * then tells the later one's past to both. Entries are never changed apart from the newest, and those that are read
 * are always in order.
 */
export type Track = {
	/** Numbers per reading. */
	readonly channels: number;
	/** Epoch ms of its time 0. */
	base: number;
	/** One number per channel. */
	readonly fine: Ring;
	/** Three numbers per channel: least, mean, most. */
	readonly middle: Ring;
	readonly coarse: Ring;
	/** Tenths of a second that one entry of `coarse` spans now. */
	coarseSpan: number;
};

/** Times are kept in tenths of a second. */
export const unitMs = 100;
const second = 1000 / unitMs;
const minute = 60 * second;

/** A reading each second, some come a little early. */
const fineEntries = 304;
const fineHorizon = 5 * minute;
const middleSpan = 12 * second;
const middleEntries = 151;
const middleHorizon = 30 * minute;
const firstCoarseSpan = 30 * second;
export const coarseEntries = 120;

/** For how long before it a reading stands at most: with fewer of them there are gaps. */
const longestStand = 30 * second;
/** A reading may be told so much later than it was taken. */
const delayMs = 2000;
/** A clock that is put back further than this begins a new past. */
const longestStep = minute;

/** @param base epoch ms, no later than the first reading */
export const createTrack = (channels: number, base: number, coarseLimit = coarseEntries): Track => ({
	channels,
	base,
	fine: createRing(channels, fineEntries, fineHorizon),
	middle: createRing(channels * 3, middleEntries, middleHorizon),
	coarse: createRing(channels * 3, coarseLimit, Number.POSITIVE_INFINITY),
	coarseSpan: firstCoarseSpan,
});

/** When the newest reading was taken, in the track's time; 0 without one. */
const newest = ({fine}: Track): number => (fine.length === 0 ? 0 : toOf(fine, slotOf(fine, fine.length - 1)));

export const isEmpty = ({fine}: Track): boolean => fine.length === 0;

const clear = (track: Track, base: number): void => {
	track.base = base;
	track.coarseSpan = firstCoarseSpan;
	for (const ring of [track.fine, track.middle, track.coarse]) {
		ring.head = 0;
		ring.length = 0;
	}
};

/**
 * Takes a reading in.
 * @param values one per channel; NaN for what it does not tell
 * @param at epoch ms
 * @param intervalMs since the reading before, which the values are about; 0 when there was none
 */
export const record = (track: Track, values: readonly number[], at: number, intervalMs: number): void => {
	let last = newest(track);
	let to = Math.round((at - track.base) / unitMs);
	if (to < last - longestStep || to < 0) {
		clear(track, at);
		last = 0;
		to = 0;
	}
	to = Math.max(to, last, 1);
	const isFirst = isEmpty(track);
	const isJoined = !isFirst && intervalMs > 0 && (to - last) * unitMs <= intervalMs + delayMs;
	const stands = isJoined ? to - last : Math.max(1, Math.round(intervalMs / unitMs));
	const from = Math.max(isFirst ? 0 : last, to - Math.min(stands, longestStand), 0);
	const slot = extend(track.fine, from, to);
	track.fine.values.set(values, slot * track.channels);
	merge(track.middle, values, {from, to, span: middleSpan});
	const {coarse} = track;
	while (coarse.length === coarse.limit && !isOf(coarse, {from, to, span: track.coarseSpan})) thin(track);
	merge(coarse, values, {from, to, span: track.coarseSpan});
};

type Piece = {readonly from: number; readonly to: number; readonly span: number};

/** Whether what ends at `last` and the piece after it are one entry: a gap of half an entry stays a gap. */
const belongs = (last: number, {from, to, span}: Piece): boolean =>
	Math.floor(last / span) === Math.floor(to / span) && from - last <= span / 2;

const isOf = (ring: Ring, piece: Piece): boolean =>
	ring.length > 0 && belongs(toOf(ring, slotOf(ring, ring.length - 1)), piece);

const merge = (ring: Ring, values: readonly number[], piece: Piece): void => {
	const {from, to} = piece;
	const weight = Math.max(1, to - from);
	const isNew = !isOf(ring, piece);
	const slot = isNew ? extend(ring, from, to) : slotOf(ring, ring.length - 1);
	if (isNew) {
		values.forEach((value, channel) => {
			ring.values.fill(value, slot * ring.width + channel * 3, slot * ring.width + channel * 3 + 3);
		});
		return;
	}
	const before = weightOf(ring, slot);
	values.forEach((value, channel) => {
		mergeValue(
			ring.values,
			slot * ring.width + channel * 3,
			{least: value, mean: value, most: value},
			weight / (before + weight),
		);
	});
	prolong(ring, slot, to, before + weight);
};

/** @param share of the time of both together */
const mergeValue = (
	values: Float32Array,
	at: number,
	{least, mean, most}: {readonly least: number; readonly mean: number; readonly most: number},
	share: number,
): void => {
	if (Number.isNaN(mean)) return;
	const known = values[at + 1] ?? Number.NaN;
	const isKnown = !Number.isNaN(known);
	values[at] = isKnown ? Math.min(values[at] ?? least, least) : least;
	values[at + 1] = isKnown ? known + (mean - known) * share : mean;
	values[at + 2] = isKnown ? Math.max(values[at + 2] ?? most, most) : most;
};

/** Makes the entries twice as long. */
const thin = (track: Track): void => {
	const {coarse: ring} = track;
	track.coarseSpan *= 2;
	let kept = 0;
	for (let index = 1; index < ring.length; index += 1) {
		const target = slotOf(ring, kept);
		const slot = slotOf(ring, index);
		const piece = {from: fromOf(ring, slot), to: toOf(ring, slot), span: track.coarseSpan};
		if (belongs(toOf(ring, target), piece)) join(ring, target, slot);
		else {
			kept += 1;
			moveEntry(ring, index, kept);
		}
	}
	ring.length = kept + 1;
};

const join = (ring: Ring, target: number, slot: number): void => {
	const before = weightOf(ring, target);
	const weight = weightOf(ring, slot);
	for (let channel = 0; channel < ring.width; channel += 3) {
		const at = slot * ring.width + channel;
		const [least = Number.NaN, mean = Number.NaN, most = Number.NaN] = ring.values.subarray(at, at + 3);
		mergeValue(ring.values, target * ring.width + channel, {least, mean, most}, weight / (before + weight));
	}
	prolong(ring, target, toOf(ring, slot), before + weight);
};

/** What the numbers take. */
export const bytesOfTrack = ({fine, middle, coarse}: Track): number =>
	bytesOfRing(fine) + bytesOfRing(middle) + bytesOfRing(coarse);
