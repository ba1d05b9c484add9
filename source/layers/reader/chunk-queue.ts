export type ChunkQueue = AsyncIterable<Uint8Array> & {
	readonly push: (bytes: Uint8Array) => void;
	readonly end: () => void;
};

/** Chunks in the order they came. @param onTaken is told when whoever reads is through with one */
export const chunkQueue = (onTaken: () => void): ChunkQueue => {
	const waiting: Uint8Array[] = [];
	let isOver = false;
	let wake = (): void => {};
	return {
		push(bytes) {
			waiting.push(bytes);
			wake();
		},
		end() {
			isOver = true;
			wake();
		},
		async *[Symbol.asyncIterator]() {
			for (;;) {
				const bytes = waiting.shift();
				if (bytes !== undefined) {
					yield bytes;
					onTaken();
				} else if (isOver) return;
				else
					await new Promise<void>(resolve => {
						wake = resolve;
					});
			}
		},
	};
};
