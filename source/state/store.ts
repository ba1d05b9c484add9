import type {Message} from './messages.ts';
import type {State} from './model.ts';

export type Store = {
	readonly getState: () => State;
	/** Reduces all, then tells the subscribers once; they are not told when nothing changed. */
	readonly dispatch: (...messages: readonly Message[]) => void;
	/** @returns how to unsubscribe. */
	readonly subscribe: (listener: () => void) => () => void;
};

export const createStore = (initial: State, reduce: (state: State, message: Message) => State): Store => {
	let state = initial;
	const listeners = new Set<() => void>();

	return {
		getState: () => state,
		dispatch(...messages) {
			const before = state;
			state = messages.reduce(reduce, state);
			if (state === before) return;
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};
