import type {DemoContainer} from './container-types.ts';

/** The first wait of a restarted container; each further one is twice as long, up to a minute. */
const firstDelayMs = 100;
const longestDelayMs = 60_000;
/** Who ran for as long as this begins anew. */
const soundRunMs = 10_000;

/** How long until a container that ended is started again; `undefined` when its policy does not want it. */
export const restartDelayMs = (container: DemoContainer, code: number, now: number): number | undefined => {
	const {spec, restartCount, startedAt = now} = container;
	const {name, maximumRetryCount} = spec.restart;
	const isWanted =
		name === 'always' ||
		name === 'unless-stopped' ||
		(name === 'on-failure' && code !== 0 && (maximumRetryCount === 0 || restartCount < maximumRetryCount));
	if (!isWanted) return undefined;
	if (now - startedAt >= soundRunMs) return firstDelayMs;
	return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(restartCount, 20));
};
