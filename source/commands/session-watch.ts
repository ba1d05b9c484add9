import {isAborted} from '../engine/errors.ts';
import type {Container} from '../engine/types.ts';
import {wordsOf} from './toasts.ts';
import type {CommandContext} from './types.ts';

export type SessionWatch = {
	/** The container is paused now: what runs in it neither hears nor answers. */
	readonly isPaused: () => boolean;
	readonly stop: () => void;
};

type Listener = {
	readonly onPause: (isPaused: boolean) => void;
	/** @param words the engine's, or ours for it */
	readonly onLoss: (words: string) => void;
};

/**
 * Watches, beside a session, what its own connection does not tell: that the container was paused, and that the
 * engine is gone although the line still seems to be there. The event stream alone may break: only an engine that
 * does not answer a ping is lost.
 */
export const watchSession = (
	{store, engine, signal}: CommandContext,
	{id}: Container,
	{onPause, onLoss}: Listener,
): SessionWatch => {
	let wasPaused = false;
	let askedAt = 0;

	const ask = async (): Promise<void> => {
		try {
			await engine.ping(signal);
		} catch (error) {
			if (!isAborted(error)) onLoss(wordsOf(error));
		}
	};
	const isPaused = (): boolean => store.getState().containers.byId.get(id)?.state === 'paused';
	const look = (): void => {
		const {connection} = store.getState().engine;
		if (connection.status === 'reconnecting' && connection.attempt !== askedAt) {
			askedAt = connection.attempt;
			void ask();
		}
		if (isPaused() === wasPaused) return;
		wasPaused = !wasPaused;
		onPause(wasPaused);
	};
	return {isPaused, stop: store.subscribe(look)};
};
