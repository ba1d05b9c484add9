/** Large: whoever takes them does it in few turns. */
const batchBytes = 128 * 1024;
/** As many wait at most, apart from the one that is filled and the one that is lent. */
const maxWaiting = 2;

export type LentBatches = {
	/** Copies. */
	readonly put: (part: Uint8Array) => void;
	/** No more should come until `onRoom` is called. */
	readonly isFull: () => boolean;
	/** No more comes, or an error instead. */
	readonly end: (failure?: {readonly error: unknown}) => void;
	/** Each is good until the next is asked for: then its memory is filled anew. */
	readonly batches: () => AsyncGenerator<Uint8Array, void, undefined>;
};

/** Joins pieces of a stream in memory that is used over and over, so that a stream of any length takes as much as a short one. */
export const createLentBatches = (onRoom: () => void): LentBatches => {
	const spare: Uint8Array<ArrayBuffer>[] = [];
	const waiting: Uint8Array<ArrayBuffer>[] = [];
	let filling = new Uint8Array(batchBytes);
	let filled = 0;
	let over: {readonly failure?: {readonly error: unknown}} | undefined;
	let wake = (): void => {};

	const handOver = (): void => {
		waiting.push(filling.subarray(0, filled));
		filling = spare.pop() ?? new Uint8Array(batchBytes);
		filled = 0;
		wake();
	};
	return {
		put(part) {
			for (let from = 0; from < part.length; ) {
				const piece = part.subarray(from, from + batchBytes - filled);
				filling.set(piece, filled);
				filled += piece.length;
				from += piece.length;
				if (filled === batchBytes) handOver();
			}
		},
		isFull: () => waiting.length >= maxWaiting,
		end(failure) {
			if (over !== undefined) return;
			over = failure === undefined ? {} : {failure};
			if (filled > 0) handOver();
			wake();
		},
		async *batches() {
			for (;;) {
				const batch = waiting.shift();
				if (batch !== undefined) {
					if (waiting.length === maxWaiting - 1) onRoom();
					yield batch;
					spare.push(new Uint8Array(batch.buffer));
				} else if (over !== undefined) {
					if (over.failure !== undefined) throw over.failure.error;
					return;
				} else
					await new Promise<void>(resolve => {
						wake = resolve;
					});
			}
		},
	};
};
