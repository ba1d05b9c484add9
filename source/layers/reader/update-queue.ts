/** What is to be told, while whoever listens is busy: only the newest of each kind waits. */
export type UpdateQueue<Update> = AsyncIterable<Update> & {
	readonly push: (update: Update) => void;
	/** After what waits. */
	readonly close: () => void;
	/** At once. */
	readonly fail: (error: unknown) => void;
};

export const updateQueue = <Update extends {readonly kind: string}>(): UpdateQueue<Update> => {
	const waiting = new Map<string, Update>();
	let over: {readonly error?: unknown} | undefined;
	let wake = (): void => {};
	return {
		push(update) {
			waiting.delete(update.kind);
			waiting.set(update.kind, update);
			wake();
		},
		close() {
			over ??= {};
			wake();
		},
		fail(error) {
			over ??= {error};
			wake();
		},
		async *[Symbol.asyncIterator]() {
			for (;;) {
				if (over !== undefined && 'error' in over) throw over.error;
				const [next] = waiting.values();
				if (next !== undefined) {
					waiting.delete(next.kind);
					yield next;
				} else if (over !== undefined) return;
				else
					await new Promise<void>(resolve => {
						wake = resolve;
					});
			}
		},
	};
};
