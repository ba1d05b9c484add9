import type {Clock} from '../clock.ts';

/** How an embedded engine is to be. */
export type DemoOptions = {
	/** `demo.sock` in a private folder when absent, which is removed at the end. */
	readonly socketPath?: string;
	readonly clock?: Clock;
	/** The same seed gives the same world. */
	readonly seed?: number;
	/** So many made-up containers; the little world when absent. */
	readonly containers?: number;
	/** So many made-up images besides. */
	readonly images?: number;
	/** A steady storm of events. */
	readonly eventsPerSecond?: number;
	/** What an answer to `stats` takes for each reading. */
	readonly statsCostMs?: number;
	/** 1.41 to 1.51, the last when absent. */
	readonly apiVersion?: string;
};
