import type {Clock} from '../clock.ts';

/** What a timer of Node can wait, about 24 days; it fires at once for more. */
const longestMs = 2 ** 31 - 1;

/** Resolves after `delayMs`, or as soon as the signal aborts: look at the signal afterwards. Never rejects. */
export const pause = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		if (signal.aborted) {
			resolve();
			return;
		}
		const cancel = afterLong(clock, delayMs, () => {
			signal.removeEventListener('abort', end);
			resolve();
		});
		const end = (): void => {
			cancel();
			resolve();
		};
		signal.addEventListener('abort', end, {once: true});
	});

/** `Clock.after` without its upper limit. */
export const afterLong = (clock: Clock, delayMs: number, run: () => void): (() => void) => {
	if (delayMs <= longestMs) return clock.after(delayMs, run);
	let cancel = clock.after(longestMs, () => {
		cancel = afterLong(clock, delayMs - longestMs, run);
	});
	return () => cancel();
};
