import type {Clock} from '../clock.ts';
import type {State} from '../state/model.ts';
import type {Batch} from './batch.ts';
import type {Scope} from './scope.ts';

const secondMs = 1000;
/** While a spinner turns or a toast runs out. */
const livelyMs = 250;

/** @returns how long until the clock stands at `phaseMs` within a period again; more than a tenth of a period. */
export const msUntil = (now: number, periodMs: number, phaseMs = 0): number => {
	const rest = periodMs - ((now - phaseMs) % periodMs);
	// A timer may fire a moment before its time.
	return rest > periodMs / 10 ? rest : rest + periodMs;
};

const isLively = ({busy, transfers, layers, search, outdated, ui}: State): boolean =>
	layers?.reading.status === 'reading' ||
	layers?.viewed?.content.isRead === false ||
	search?.progress.status === 'waiting' ||
	// While answers may be on their way.
	(ui.screen.kind === 'outdated' && outdated?.checks.size === 0) ||
	busy.size > 0 ||
	transfers.values().some(({status}) => status === 'running' || status === 'cancelling') ||
	ui.toasts.some(toast => toast.expiresAt !== undefined);

/** The one clock of the screen: ticks with each full second, together with the statistics. */
export const startTicker = ({
	clock,
	scope,
	batch,
	getState,
}: {
	readonly clock: Clock;
	readonly scope: Scope;
	readonly batch: Batch;
	readonly getState: () => State;
}): {readonly update: () => void} => {
	let wasLively = isLively(getState());
	let callOff: () => void;
	let second = Math.floor(clock.now() / secondMs);

	const tick = (): void => {
		wait();
		const now = clock.now();
		// Rounded, because a timer may fire a moment before its time.
		const current = Math.round(now / livelyMs) * livelyMs;
		const isFull = Math.floor(current / secondMs) !== second;
		second = Math.floor(current / secondMs);
		batch.beat({type: 'clock/ticked', now}, isFull);
	};

	const wait = (): void => {
		callOff = scope.after(msUntil(clock.now(), wasLively ? livelyMs : secondMs), tick);
	};

	wait();

	return {
		/** Something changed that may need more or fewer ticks. */
		update() {
			const lively = isLively(getState());
			if (lively === wasLively) return;
			wasLively = lively;
			callOff();
			wait();
		},
	};
};
