import type {Demand} from '../state/demand.ts';
import type {FeedContext, Session} from './context.ts';
import {faultOf} from './fault.ts';
import {openScope, type Scope} from './scope.ts';
import {type FeedMemory, type LiveSession, openSession} from './session.ts';

export type Connection = {
	/** The live connection, if there is one. */
	readonly session: () => Session | undefined;
	readonly meet: (demand: Demand) => void;
	readonly stop: (reason: unknown) => Promise<void>;
};

/** The n-th failure in a row is followed by a pause of 1, 2, 4, 8, 15, 15 … s. */
const retryDelayMs = (attempt: number): number => Math.min(15_000, 1000 * 2 ** (attempt - 1));

/**
 * Keeps one connection to the engine alive: tries, and tries again after every loss.
 * @param onLive a connection has begun.
 */
export const keepConnected = (feed: FeedContext, memory: FeedMemory, onLive: () => void): Connection => {
	const {clock, batch} = feed;
	const closing = new Set<Promise<void>>();
	let scope: Scope | undefined;
	let live: LiveSession | undefined;
	let attempt = 0;
	let isStopped = false;
	let callOffRetry: (() => void) | undefined;
	let retryCount = feed.getState().ui.retryCount;

	const close = (closed: Scope, reason: unknown): void => {
		const ended = closed.close(reason).then(() => {
			closing.delete(ended);
		});
		closing.add(ended);
	};

	const lose = (lost: Scope, error: unknown): void => {
		if (isStopped || !lost.isOpen()) return;
		// What the engine still said is told before its loss.
		batch.flush();
		live = undefined;
		feed.asked();
		close(lost, error);
		attempt += 1;
		const now = clock.now();
		const delayMs = retryDelayMs(attempt);
		callOffRetry = clock.after(delayMs, connect);
		batch.post({type: 'engine/lost', fault: faultOf(error, now), attempt, retryAt: now + delayMs});
		batch.flush();
	};

	const connect = (): void => {
		callOffRetry = undefined;
		const current = openScope(clock, error => {
			lose(current, error);
		});
		scope = current;
		batch.post({type: 'engine/connecting'});
		batch.flush();
		current.start(async () => {
			const opened = await openSession(feed, current, memory);
			if (!current.isOpen()) return;
			attempt = 0;
			live = opened;
			onLive();
		});
	};

	connect();

	return {
		session: () => live?.session,
		meet(demand) {
			const isWished = demand.retryCount !== retryCount;
			retryCount = demand.retryCount;
			live?.meet(demand);
			if (!isWished || callOffRetry === undefined) return;
			callOffRetry();
			connect();
		},
		async stop(reason) {
			isStopped = true;
			live = undefined;
			callOffRetry?.();
			if (scope !== undefined) close(scope, reason);
			await Promise.all(closing);
		},
	};
};
