/** Time, injected so that tests own it. Durations are milliseconds, `now` is epoch milliseconds. */
export type Clock = {
	readonly now: () => number;
	/** Runs once after `delayMs`. @returns how to call it off. */
	readonly after: (delayMs: number, run: () => void) => () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	after(delayMs, run) {
		const timer = setTimeout(run, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};
