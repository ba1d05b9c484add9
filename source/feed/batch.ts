import type {Clock} from '../clock.ts';
import type {EngineMessage, ViewMessage} from '../state/messages.ts';

/** Something that gathers by itself between two dispatches. */
export type Source = () => readonly (EngineMessage | ViewMessage)[];

/** All of the feed's messages on their way into the store, a few dispatches a second at most. */
export type Batch = {
	/** In this order, none dropped. */
	readonly post: (...messages: readonly (EngineMessage | ViewMessage)[]) => void;
	/** Asked at every dispatch (`quick`) or with the beat only (`beat`). @returns how to take it out. */
	readonly addSource: (pace: 'quick' | 'beat', source: Source) => () => void;
	/** A quick source has something. */
	readonly wake: () => void;
	/** Dispatches what is there now; for what a person waits for. */
	readonly flush: () => void;
	/** Dispatches `first` and all that is there; with `isFull` also what the `beat` sources have. */
	readonly beat: (first: EngineMessage, isFull: boolean) => void;
	/** Nothing is dispatched any more. */
	readonly stop: () => void;
};

/** Long enough for an event and the inspect it causes to share a frame. */
const leadMs = 15;
const intervalMs = 100;

/** One dispatch per 100 ms; after a quiet while, two may come early, so that a lone event and its effect show at once. */
export const createBatch = (
	clock: Clock,
	dispatch: (...messages: readonly (EngineMessage | ViewMessage)[]) => void,
): Batch => {
	const queue: (EngineMessage | ViewMessage)[] = [];
	const sources = {quick: new Set<Source>(), beat: new Set<Source>()};
	let isStopped = false;
	let callOff: (() => void) | undefined;
	// The generic cell rate algorithm: when the next dispatch would be due at an even pace.
	let evenAt = 0;

	const gather = (pace: 'quick' | 'beat'): readonly (EngineMessage | ViewMessage)[] =>
		[...sources[pace]].flatMap(source => source());

	const send = (messages: readonly (EngineMessage | ViewMessage)[]): void => {
		callOff?.();
		callOff = undefined;
		if (messages.length === 0 || isStopped) return;
		dispatch(...messages);
	};

	const flush = (): void => {
		send([...queue.splice(0), ...gather('quick')]);
	};

	const flushPaced = (): void => {
		evenAt = Math.max(evenAt, clock.now()) + intervalMs;
		flush();
	};

	const wake = (): void => {
		if (isStopped || callOff !== undefined) return;
		const now = clock.now();
		callOff = clock.after(Math.max(leadMs, evenAt - intervalMs - now), flushPaced);
	};

	return {
		post(...messages) {
			queue.push(...messages);
			wake();
		},
		addSource(pace, source) {
			sources[pace].add(source);
			return () => {
				sources[pace].delete(source);
			};
		},
		wake,
		flush,
		beat(first, isFull) {
			evenAt = Math.max(evenAt, clock.now()) + intervalMs;
			send([first, ...queue.splice(0), ...gather('quick'), ...(isFull ? gather('beat') : [])]);
		},
		stop() {
			isStopped = true;
			callOff?.();
			callOff = undefined;
		},
	};
};
