/** One stream of a fake: what is pushed comes out; it ends by `end`, breaks by `fail`, ends quietly with its signal. */
export type Channel<T> = AsyncIterable<T> & {
	readonly push: (item: T) => void;
	readonly end: () => void;
	readonly fail: (error: Error) => void;
};

export const createChannel = <T>(signal: AbortSignal): Channel<T> => {
	const items: T[] = [];
	let end: {readonly error?: Error} | undefined;
	let wake = (): void => {};

	const close = (error?: Error): void => {
		end ??= error === undefined ? {} : {error};
		wake();
	};
	signal.addEventListener(
		'abort',
		() => {
			items.length = 0;
			close();
		},
		{once: true},
	);

	return {
		push(item) {
			items.push(item);
			wake();
		},
		end: () => {
			close();
		},
		fail: close,
		async *[Symbol.asyncIterator]() {
			while (!signal.aborted) {
				const item = items.shift();
				if (item !== undefined) yield item;
				else if (end?.error) throw end.error;
				else if (end) return;
				else
					await new Promise<void>(resolve => {
						wake = resolve;
					});
			}
		},
	};
};
