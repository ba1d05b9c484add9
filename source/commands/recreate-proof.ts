import type {ContainerId} from '../engine/types.ts';
import {type StartOutcome, type StartWatch, watchStart} from './start-watch.ts';
import type {CommandContext} from './types.ts';

/** So long a container without a health check has to stay up. */
export const proofMs = 5000;

const unwell = (outcome: Extract<StartOutcome, {kind: 'unhealthy' | 'exited'}>): string => {
	if (outcome.kind === 'unhealthy') {
		const said = outcome.output.trim().split('\n')[0] ?? '';
		return `it turned unhealthy${said === '' ? '' : `: ${said}`}`;
	}
	const {code, isOomKilled} = outcome;
	return `it ended with exit code ${code}${isOomKilled ? ' (out of memory)' : ''}`;
};

/**
 * Whether a new container has turned out well.
 * @returns why that is not known; nothing when it has
 * @throws Error when it has not
 */
const doubtOf = (outcome: StartOutcome): string | undefined => {
	switch (outcome.kind) {
		case 'healthy':
		case 'up':
			return undefined;
		case 'unhealthy':
		case 'exited':
			throw new Error(unwell(outcome));
		case 'stopped':
			return 'somebody has stopped it meanwhile';
		case 'unknown':
			return 'the connection to the engine was lost meanwhile';
		default:
			return outcome satisfies never;
	}
};

export type Proof = {
	/** To be called when it was started. See `doubtOf`. */
	readonly doubt: () => Promise<string | undefined>;
	readonly drop: () => void;
};

/** Follows a container that is about to be started; its row says so. */
export const openProof = (context: CommandContext, id: ContainerId): Proof => {
	const watch: StartWatch = watchStart(context, id, false, proofMs);
	return {
		drop: watch.drop,
		async doubt() {
			const {store, clock} = context;
			const actionId = context.nextId();
			const verb = 'is it well?';
			store.dispatch({type: 'ui/action-started', actionId, kind: 'container', target: id, verb});
			const outcome = await watch.outcome;
			const until = clock.now();
			store.dispatch({type: 'ui/action-settled', actionId, target: id, isFailed: true, until});
			return doubtOf(outcome);
		},
	};
};
