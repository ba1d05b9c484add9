import type {Troubles} from '../../resources/alarms.ts';

/** A container's troubles, and what it takes to tell them from what people do. */
export type Recorded = Troubles & {
	/** Somebody has sent it a signal that ends processes, since it was last started. */
	readonly isAskedToEnd: boolean;
	/** It has ended, and was not started since. */
	readonly death?: {readonly at: number; readonly exitCode?: number; readonly isExpected: boolean};
	/** When it last ended, started since or not. */
	readonly diedAt?: number;
	/** The engine's count of restarts, as last inspected, and what it was before those of `counted`. */
	readonly restartCount?: number;
	readonly baseline?: number;
	/** Restarts seen since then. */
	readonly counted: number;
	/** The kernel's count of kills, as last read. */
	readonly oomCount?: number;
};

/** By container id: those that something happened to. */
export type TroublesState = ReadonlyMap<string, Recorded>;
