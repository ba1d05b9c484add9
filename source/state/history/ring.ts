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
	/**
	 * Three per entry: it stands for the time after the first up to the second; the third is how much of that was
	 * really read. In one array, since ten thousand containers have such rings.
	 */
	times: Uint32Array;
	values: Float32Array;
	capacity: number;
	/** Where the oldest entry stands. */
	head: number;
	length: number;
};

const timesPerEntry = 3;
/** Most of ten thousand containers are never read often. */
const firstCapacity = 2;

export const createRing = (width: number, limit: number, horizon: number): Ring => {
	const capacity = Math.min(firstCapacity, limit);
	return {
		width,
		limit,
		horizon,
		times: new Uint32Array(capacity * timesPerEntry),
		values: new Float32Array(capacity * width),
		capacity,
		head: 0,
		length: 0,
	};
};

/** Where the n-th entry stands, 0 the oldest; values begin at this times `width`. */
export const slotOf = (ring: Ring, index: number): number => (ring.head + index) % ring.capacity;

export const fromOf = ({times}: Ring, slot: number): number => times[slot * timesPerEntry] ?? 0;

export const toOf = ({times}: Ring, slot: number): number => times[slot * timesPerEntry + 1] ?? 0;

/** Tenths of a second that were really read. */
export const weightOf = ({times}: Ring, slot: number): number => times[slot * timesPerEntry + 2] ?? 0;

/** The entry goes on until then. */
export const prolong = ({times}: Ring, slot: number, to: number, weight: number): void => {
	times[slot * timesPerEntry + 1] = to;
	times[slot * timesPerEntry + 2] = weight;
};

const enlarge = (ring: Ring): void => {
	const old = {...ring};
	ring.capacity = Math.min(ring.limit, old.capacity * 2);
	ring.times = new Uint32Array(ring.capacity * timesPerEntry);
	ring.values = new Float32Array(ring.capacity * ring.width);
	ring.head = 0;
	for (let index = 0; index < ring.length; index += 1) copyEntry(old, slotOf(old, index), ring, index);
};

const copyEntry = (source: Ring, slot: number, target: Ring, targetSlot: number): void => {
	const {width} = source;
	const times = source.times.subarray(slot * timesPerEntry, (slot + 1) * timesPerEntry);
	target.times.set(times, targetSlot * timesPerEntry);
	target.values.set(source.values.subarray(slot * width, (slot + 1) * width), targetSlot * width);
};

/** Moves an entry to the place of an earlier one. */
export const moveEntry = (ring: Ring, index: number, target: number): void => {
	copyEntry(ring, slotOf(ring, index), ring, slotOf(ring, target));
};

/** Makes room for one entry at the end, at the cost of the oldest one where there is no more. @returns its slot */
export const extend = (ring: Ring, from: number, to: number): number => {
	if (ring.length === ring.capacity) {
		const isOldestDone = to - toOf(ring, slotOf(ring, 0)) > ring.horizon;
		if (ring.length < ring.limit && !isOldestDone) enlarge(ring);
		else {
			ring.head = slotOf(ring, 1);
			ring.length -= 1;
		}
	}
	const slot = slotOf(ring, ring.length);
	ring.length += 1;
	ring.times[slot * timesPerEntry] = from;
	prolong(ring, slot, to, Math.max(1, to - from));
	return slot;
};

export const bytesOfRing = ({times, values}: Ring): number => times.byteLength + values.byteLength;
