/**
 * Entries of numbers in time, oldest first, in typed arrays that are written in place. Times are tenths of a second
 * since the base of the track that the ring belongs to.
 */
export type Ring = {
	/** Numbers per entry. */
	readonly width: number;
	/** The most entries there will ever be. */
	readonly limit: number;
	/** Entries are let go for new ones rather than the ring made larger once they are older than this. */
	readonly horizon: number;
	/** An entry stands for the time after `from` up to `to`. */
	from: Uint32Array;
	to: Uint32Array;
	/** Of what is merged in an entry: the time that was really read, for means. */
	weight: Float32Array;
	values: Float32Array;
	/** Where the oldest entry stands. */
	head: number;
	length: number;
};

const firstCapacity = 8;

export const createRing = (width: number, limit: number, horizon: number): Ring => {
	const capacity = Math.min(firstCapacity, limit);
	return {
		width,
		limit,
		horizon,
		from: new Uint32Array(capacity),
		to: new Uint32Array(capacity),
		weight: new Float32Array(capacity),
		values: new Float32Array(capacity * width),
		head: 0,
		length: 0,
	};
};

/** Where the n-th entry stands, 0 the oldest; values begin at this times `width`. */
export const slotOf = (ring: Ring, index: number): number => (ring.head + index) % ring.to.length;

const enlarge = (ring: Ring): void => {
	const old = {...ring};
	const capacity = Math.min(ring.limit, old.to.length * 2);
	ring.from = new Uint32Array(capacity);
	ring.to = new Uint32Array(capacity);
	ring.weight = new Float32Array(capacity);
	ring.values = new Float32Array(capacity * ring.width);
	ring.head = 0;
	for (let index = 0; index < ring.length; index += 1) copyEntry(old, slotOf(old, index), ring, index);
};

const copyEntry = (source: Ring, at: number, target: Ring, slot: number): void => {
	const {width} = source;
	target.from[slot] = source.from[at] ?? 0;
	target.to[slot] = source.to[at] ?? 0;
	target.weight[slot] = source.weight[at] ?? 0;
	for (let index = 0; index < width; index += 1)
		target.values[slot * width + index] = source.values[at * width + index] ?? Number.NaN;
};

/** Moves an entry to the place of an earlier one. */
export const moveEntry = (ring: Ring, index: number, target: number): void => {
	copyEntry(ring, slotOf(ring, index), ring, slotOf(ring, target));
};

/** Makes room for one entry at the end, at the cost of the oldest one where there is no more. @returns its slot */
export const extend = (ring: Ring, from: number, to: number): number => {
	if (ring.length === ring.to.length) {
		const oldest = ring.to[slotOf(ring, 0)] ?? 0;
		const isOldestDone = to - oldest > ring.horizon;
		if (ring.length < ring.limit && !isOldestDone) enlarge(ring);
		else {
			ring.head = slotOf(ring, 1);
			ring.length -= 1;
		}
	}
	const slot = slotOf(ring, ring.length);
	ring.length += 1;
	ring.from[slot] = from;
	ring.to[slot] = to;
	return slot;
};

export const bytesOfRing = ({from, to, weight, values}: Ring): number =>
	from.byteLength + to.byteLength + weight.byteLength + values.byteLength;
