import type {Clock} from '../../source/clock.ts';

export type FakeClock = Clock & {
	/** Moves time on, timer by timer, and lets the work that each one starts come to rest. */
	readonly advance: (ms: number) => Promise<void>;
	/** Lets everything that needs no time happen. */
	readonly settle: () => Promise<void>;
	/** How many timers wait. */
	readonly timerCount: () => number;
};

type Timer = {readonly at: number; readonly run: () => void};

/** Time that stands still until it is moved. Begins at a full second. */
export const createFakeClock = (start = Date.UTC(2026, 0, 1)): FakeClock => {
	const timers = new Set<Timer>();
	let now = start;

	const settle = async (): Promise<void> => {
		// Each turn of the event loop runs all microtasks there are; nested work needs another one.
		for (let turn = 0; turn < 3; turn += 1) await new Promise(resolve => setImmediate(resolve));
	};

	const nextUntil = (end: number): Timer | undefined => {
		let next: Timer | undefined;
		for (const timer of timers)
			if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
		return next;
	};

	return {
		now: () => now,
		after(delayMs, run) {
			const timer = {at: now + Math.max(0, delayMs), run};
			timers.add(timer);
			return () => {
				timers.delete(timer);
			};
		},
		async advance(ms) {
			const end = now + ms;
			await settle();
			for (let timer = nextUntil(end); timer !== undefined; timer = nextUntil(end)) {
				timers.delete(timer);
				now = Math.max(now, timer.at);
				timer.run();
				await settle();
			}
			now = end;
		},
		settle,
		timerCount: () => timers.size,
	};
};
