/** Handed over at once: few messages, and no key waits long for a copy. */
const chunkBytes = 256 * 1024;
/** On their way to the reader's thread at most; with their size, all the memory that a slow reader takes. */
const maxChunksAhead = 8;

export type Pump = {
	/** Settles when all of the source was handed over; rejects with what the source throws. */
	readonly run: (source: AsyncIterable<Uint8Array>, onBytes: (count: number) => void) => Promise<void>;
	/** The reader is through with a chunk, whose memory comes back. */
	readonly onTaken: (memory: ArrayBuffer) => void;
	readonly stop: () => void;
};

/**
 * Hands a source's bytes over in chunks, as many ahead as fit.
 * @param send takes a chunk whose memory is its own, to keep
 */
export const createPump = (send: (bytes: Uint8Array<ArrayBuffer>) => void): Pump => {
	/** To be filled anew: memory that is new each time would be zeroed each time, and lie about until it is collected. */
	const spare: ArrayBuffer[] = [];
	let ahead = 0;
	let isStopped = false;
	let wake = (): void => {};

	const emptyChunk = (): Uint8Array<ArrayBuffer> =>
		new Uint8Array(spare.pop() ?? new ArrayBuffer(chunkBytes));

	const room = async (): Promise<void> => {
		while (ahead >= maxChunksAhead && !isStopped)
			await new Promise<void>(resolve => {
				wake = resolve;
			});
	};

	return {
		async run(source, onBytes) {
			let chunk = emptyChunk();
			let filled = 0;
			const handOver = async (): Promise<void> => {
				ahead += 1;
				send(chunk.subarray(0, filled));
				filled = 0;
				await room();
				chunk = emptyChunk();
			};
			for await (const bytes of source) {
				if (isStopped) return;
				onBytes(bytes.length);
				let from = 0;
				while (from < bytes.length && !isStopped) {
					const part = bytes.subarray(from, from + chunkBytes - filled);
					chunk.set(part, filled);
					filled += part.length;
					from += part.length;
					if (filled === chunkBytes) await handOver();
				}
			}
			if (filled > 0 && !isStopped) await handOver();
		},
		onTaken(memory) {
			ahead -= 1;
			spare.push(memory);
			wake();
		},
		stop() {
			isStopped = true;
			wake();
		},
	};
};
