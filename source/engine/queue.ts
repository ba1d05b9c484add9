/** A way from callbacks to one `for await`; unbounded, so that the source is never paused. */
export type Queue<T> = AsyncIterable<T> & {
	readonly push: (item: T) => void;
	/** No more will come; with an error, the reader gets it after what is queued. */
	readonly close: (error?: Error) => void;
};

export const createQueue = <T>(): Queue<T> => {
	let items: T[] = [];
	let end: {readonly error?: Error} | undefined;
	let wake: () => void = () => {};

	return {
		push: item => {
			items.push(item);
			wake();
		},
		close: error => {
			end ??= error === undefined ? {} : {error};
			wake();
		},
		async *[Symbol.asyncIterator]() {
			while (true) {
				const batch = items;
				items = [];
				yield* batch;
				if (items.length > 0) continue;
				if (end?.error !== undefined) throw end.error;
				if (end !== undefined) return;
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		},
	};
};
