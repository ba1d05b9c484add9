export type Chunk = Uint8Array<ArrayBuffer>;

export type ChunkQueue = AsyncIterable<Uint8Array> & {
	readonly push: (bytes: Chunk) => void;
	readonly end: () => void;
};

/** Chunks in the order they came. @param onTaken is given each when whoever reads is through with it: it may be filled anew */
export const chunkQueue = (onTaken: (bytes: Chunk) => void): ChunkQueue => {
	const waiting: Chunk[] = [];
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
					onTaken(bytes);
				} else if (isOver) return;
				else
					await new Promise<void>(resolve => {
						wake = resolve;
					});
			}
		},
	};
};
