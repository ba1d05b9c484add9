import type {Scope} from './scope.ts';

export type Pump = {
	/** Starts what can be started; call it whenever there may be something new. */
	readonly kick: () => void;
};

/**
 * Works through a changing choice of items, at most `limit` at once.
 * @param next takes the next item out of the choice; asked only when there is room.
 * @param work handles its own errors; what it leaves ends the scope's connection.
 */
export const createPump = <T>(
	scope: Scope,
	limit: number,
	next: () => T | undefined,
	work: (item: T, signal: AbortSignal) => Promise<void>,
): Pump => {
	let active = 0;

	const kick = (): void => {
		while (active < limit && scope.isOpen()) {
			const item = next();
			if (item === undefined) return;
			active += 1;
			scope.start(async signal => {
				try {
					await work(item, signal);
				} finally {
					active -= 1;
					kick();
				}
			});
		}
	};

	return {kick};
};
