import type {Clock} from '../../clock.ts';
import type {DemoContext} from '../contract.ts';
import {nanoStamp} from '../timestamp.ts';

export type EmittedEvent = Parameters<DemoContext['emit']>[0];

export type LoggedEvent = EmittedEvent & {
	/** Epoch milliseconds. */
	readonly at: number;
	/** Nanoseconds since 1970, 20 digits. */
	readonly nano: string;
};

export type EventLog = {
	readonly emit: (event: EmittedEvent) => void;
	/** Oldest first, 256 at most. */
	readonly recent: () => readonly LoggedEvent[];
	/** @returns how to end it */
	readonly subscribe: (listener: (event: LoggedEvent) => void) => () => void;
	/** How many were emitted since the start. */
	readonly count: () => number;
	readonly listenerCount: () => number;
};

/** As many as an engine keeps. */
const ringSize = 256;

export const createEventLog = (clock: Clock): EventLog => {
	const listeners = new Set<(event: LoggedEvent) => void>();
	const ring: LoggedEvent[] = [];
	let lastAt = 0;
	let withinMs = 0;
	let count = 0;

	return {
		emit: emitted => {
			const at = Math.floor(clock.now());
			// Several within a millisecond still have a time each, which is how clients tell them apart.
			withinMs = at === lastAt ? withinMs + 1 : 0;
			lastAt = at;
			const event = {...emitted, at, nano: nanoStamp(at, withinMs)};
			count += 1;
			ring.push(event);
			if (ring.length > 2 * ringSize) ring.splice(0, ring.length - ringSize);
			for (const listener of listeners) listener(event);
		},
		recent: () => ring.slice(-ringSize),
		subscribe: listener => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		count: () => count,
		listenerCount: () => listeners.size,
	};
};
