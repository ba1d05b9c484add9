import type {Clock} from '../clock.ts';

/**
 * Owns work that begins and ends together: calls, streams and timers. Each piece of work has an
 * `AbortSignal` of its own, so that no signal gathers listeners.
 */
export type Scope = {
	readonly isOpen: () => boolean;
	/** Runs one call. Rejects as the call does; with the reason of the end once the scope is closed. */
	readonly call: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
	/** Runs a task nobody waits for; its error goes to the owner of the scope. @returns how to abort it. */
	readonly start: (task: (signal: AbortSignal) => Promise<void>) => (reason?: unknown) => void;
	/** A timer that ends with the scope. @returns how to call it off. */
	readonly after: (delayMs: number, run: () => void) => () => void;
	/** Called once, when the scope closes. */
	readonly defer: (cleanup: () => void) => void;
	/** Aborts everything with `reason`; resolves when all of it has ended. Never rejects. */
	readonly close: (reason: unknown) => Promise<void>;
};

const nothing = (): void => {};

/** @param onError told of every error that a started task left; not after the scope is closed. */
export const openScope = (clock: Clock, onError: (error: unknown) => void): Scope => {
	const controllers = new Set<AbortController>();
	const pending = new Set<Promise<void>>();
	const cleanups = new Set<() => void>();
	let closed: {readonly reason: unknown} | undefined;

	const run = async <T>(
		controller: AbortController,
		work: (signal: AbortSignal) => Promise<T>,
	): Promise<T> => {
		if (closed !== undefined) throw closed.reason;
		controllers.add(controller);
		try {
			return await work(controller.signal);
		} finally {
			controllers.delete(controller);
		}
	};

	const track = <T>(result: Promise<T>): Promise<T> => {
		const ended = result.then(nothing, nothing).then(() => {
			pending.delete(ended);
		});
		pending.add(ended);
		return result;
	};

	return {
		isOpen: () => closed === undefined,
		call: work => track(run(new AbortController(), work)),
		start(task) {
			const controller = new AbortController();
			const reportError = (error: unknown): void => {
				if (closed === undefined && !controller.signal.aborted) onError(error);
			};
			void track(run(controller, task).catch(reportError));
			return reason => {
				controller.abort(reason);
			};
		},
		after(delayMs, work) {
			if (closed !== undefined) return nothing;
			const callOff = clock.after(delayMs, () => {
				cleanups.delete(callOff);
				work();
			});
			cleanups.add(callOff);
			return () => {
				cleanups.delete(callOff);
				callOff();
			};
		},
		defer(cleanup) {
			if (closed === undefined) cleanups.add(cleanup);
			else cleanup();
		},
		async close(reason) {
			closed ??= {reason};
			for (const cleanup of cleanups) cleanup();
			cleanups.clear();
			for (const controller of controllers) controller.abort(reason);
			await Promise.all(pending);
		},
	};
};
