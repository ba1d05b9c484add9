import type {Token} from '../theme/tokens.ts';

export type TransferState = 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';

/** What is under way, waits or has ended, as a list shows it. */
export type TransferRow = {
	readonly id: string;
	readonly direction:
		| 'pull'
		| 'push'
		| 'copy-out'
		| 'copy-in'
		| 'save'
		| 'load'
		| 'import'
		| 'build'
		| 'extract'
		| 'move';
	readonly reference: string;
	readonly state: TransferState;
	/** 0 to 1 of all there is to do; absent while nobody knows how much that is. */
	readonly fraction?: number;
	readonly doneBytes?: number;
	readonly totalBytes?: number;
	/** Some of what there is to do has no size yet. */
	readonly isTotalPartial?: boolean;
	readonly bytesPerSecond?: number;
	readonly etaMs?: number;
	/** Since it began, or how long it took. */
	readonly elapsedMs?: number;
	/** What it is doing or why it failed, in the engine's words. */
	readonly status: string;
};

export const stateTone: Readonly<Record<TransferState, Token>> = {
	running: 'accent',
	waiting: 'watch',
	done: 'good',
	failed: 'trouble',
	cancelled: 'dim',
};

/** To this machine, or away from it. */
export const isInward = ({direction}: TransferRow): boolean =>
	direction === 'pull' || direction === 'copy-out' || direction === 'save' || direction === 'extract';

export const shownFraction = (row: TransferRow): number | undefined =>
	row.state === 'done' ? 1 : row.fraction;

/** It is at 100 % when it is done, not when the rounding says so. */
export const percentText = (fraction: number | undefined): string =>
	fraction === undefined ? '' : `${fraction >= 1 ? 100 : Math.floor(Math.max(fraction, 0) * 100)}%`;
