import type {Clock} from '../clock.ts';
import type {Scope} from './scope.ts';

export type Reload = {
	/** Loads again, soon. Wishes before a load begins are met by that load, later ones by one more. */
	readonly ask: () => void;
	/** Loads without waiting for quiet. */
	readonly askNow: () => void;
};

/** How long a burst can put a load off, in delays. */
const longestWait = 3;

/**
 * Loads a whole list again: once for a burst of wishes, never twice at the same time.
 * @param delayMs how long it has to be quiet before the load begins.
 * @param load handles its own errors; what it leaves goes to the owner of the scope.
 */
export const createReload = (
	{scope, clock}: {readonly scope: Scope; readonly clock: Clock},
	delayMs: number,
	load: (signal: AbortSignal) => Promise<void>,
): Reload => {
	let askedAt: number | undefined;
	let isLoading = false;
	let callOff: (() => void) | undefined;

	const schedule = (waitMs: number, firstAt: number): void => {
		callOff?.();
		callOff = scope.after(Math.min(waitMs, firstAt + longestWait * delayMs - clock.now()), begin);
	};

	const ask = (waitMs: number): void => {
		askedAt ??= clock.now();
		if (!isLoading) schedule(waitMs, askedAt);
	};

	const begin = (): void => {
		callOff = undefined;
		askedAt = undefined;
		isLoading = true;
		scope.start(async signal => {
			try {
				await load(signal);
			} finally {
				isLoading = false;
				if (askedAt !== undefined) schedule(delayMs, clock.now());
			}
		});
	};

	return {
		ask() {
			ask(delayMs);
		},
		askNow() {
			ask(0);
		},
	};
};
