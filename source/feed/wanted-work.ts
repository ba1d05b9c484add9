import type {Scope} from './scope.ts';

export type WantedWork<Job> = {
	/** All that is wanted now, the most urgent first: what is no longer among it is given up. */
	readonly want: (jobs: readonly Job[]) => void;
};

type Known = {status: 'waiting' | 'running' | 'done'; readonly abort: () => void};

const nothing = (): void => {};

/**
 * Does small pieces of work, a few at a time, while somebody wants them. What was done is not done again before it
 * was unwanted for once.
 * @param run never rejects
 */
export const createWantedWork = <Job>(
	scope: Scope,
	{
		atOnce,
		keyOf,
		run,
	}: {
		readonly atOnce: number;
		readonly keyOf: (job: Job) => string;
		readonly run: (job: Job, signal: AbortSignal) => Promise<void>;
	},
): WantedWork<Job> => {
	const known = new Map<string, Known>();
	let order: readonly Job[] = [];
	let running = 0;

	const fill = (): void => {
		for (const job of order) {
			if (running >= atOnce) return;
			const key = keyOf(job);
			if (known.get(key)?.status === 'waiting') start(job, key);
		}
	};

	const start = (job: Job, key: string): void => {
		running += 1;
		const work = async (signal: AbortSignal): Promise<void> => {
			try {
				await run(job, signal);
			} finally {
				running -= 1;
				// It may have been given up and wanted anew meanwhile.
				if (known.get(key) === own) own.status = 'done';
				if (scope.isOpen()) fill();
			}
		};
		const own: Known = {status: 'running', abort: (): void => stop()};
		known.set(key, own);
		const stop = scope.start(work);
	};

	return {
		want(jobs) {
			const wanted = new Set(jobs.map(keyOf));
			for (const [key, {abort}] of known) {
				if (wanted.has(key)) continue;
				known.delete(key);
				abort();
			}
			for (const key of wanted) if (!known.has(key)) known.set(key, {status: 'waiting', abort: nothing});
			order = jobs;
			fill();
		},
	};
};
