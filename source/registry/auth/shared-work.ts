import {RegistryError, type RegistryHost} from '../types.ts';

type Work<Result> = {readonly promise: Promise<Result>; readonly abort: AbortController; waiting: number};

const whenAborted = (signal: AbortSignal, host: RegistryHost) => {
	const {promise, reject} = Promise.withResolvers<never>();
	const giveUp = (): void => reject(new RegistryError('aborted', host, `${host}: given up`));
	if (signal.aborted) giveUp();
	else signal.addEventListener('abort', giveUp, {once: true});
	return {promise, stop: () => signal.removeEventListener('abort', giveUp)};
};

/**
 * What several want at once is done once, by its key. Who gives up leaves it to the others; when nobody waits any
 * more it is ended.
 */
export const sharedWork = <Result>(host: RegistryHost) => {
	const running = new Map<string, Work<Result>>();
	const forget = (key: string, work: Work<Result>): void => {
		if (running.get(key) === work) running.delete(key);
	};
	const start = (key: string, work: (own: AbortSignal) => Promise<Result>): Work<Result> => {
		const abort = new AbortController();
		const started: Work<Result> = {promise: work(abort.signal), abort, waiting: 0};
		running.set(key, started);
		const done = (): void => forget(key, started);
		started.promise.then(done, done);
		return started;
	};
	return async (
		key: string,
		signal: AbortSignal,
		work: (own: AbortSignal) => Promise<Result>,
	): Promise<Result> => {
		const shared = running.get(key) ?? start(key, work);
		const aborted = whenAborted(signal, host);
		shared.waiting++;
		try {
			return await Promise.race([shared.promise, aborted.promise]);
		} finally {
			aborted.stop();
			shared.waiting--;
			if (shared.waiting === 0) {
				forget(key, shared);
				shared.abort.abort();
			}
		}
	};
};
