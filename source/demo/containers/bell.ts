import type {Clock} from '../../clock.ts';

/** Wakes those who wait for something to happen. */
export type Bell = {
	readonly ring: () => void;
	/** Resolves at the next ring, after `limitMs`, or when the signal aborts. */
	readonly heard: (clock: Clock, limitMs: number, signal: AbortSignal) => Promise<void>;
};

export const createBell = (): Bell => {
	const waiting = new Set<() => void>();
	return {
		ring: () => {
			for (const wake of [...waiting]) wake();
		},
		heard: (clock, limitMs, signal) =>
			new Promise(resolve => {
				if (signal.aborted) {
					resolve();
					return;
				}
				const wake = (): void => {
					cancel();
					waiting.delete(wake);
					signal.removeEventListener('abort', wake);
					resolve();
				};
				const cancel = Number.isFinite(limitMs) ? clock.after(Math.max(0, limitMs), wake) : () => {};
				waiting.add(wake);
				signal.addEventListener('abort', wake, {once: true});
			}),
	};
};
