import type {ContainerId} from '../engine/types.ts';
import type {Session} from './context.ts';
import {createPump} from './pump.ts';
import type {Readings} from './readings.ts';

export type StatsPolls = {
	/** One reading of each, soon; what already waits or is under way is not asked twice. */
	readonly ask: (ids: readonly ContainerId[]) => void;
	/** Only these are still of interest. */
	readonly keep: (isWanted: (id: ContainerId) => boolean) => void;
	/** When it was last asked for, by our clock; 0 = never. */
	readonly polledAt: (id: ContainerId) => number;
};

/** Single readings, at most `atOnce` at a time. */
export const createStatsPolls = (session: Session, readings: Readings, atOnce: number): StatsPolls => {
	const waiting = new Set<ContainerId>();
	const inFlight = new Set<ContainerId>();
	const polledAt = new Map<ContainerId, number>();

	const next = (): ContainerId | undefined => {
		const [id] = waiting;
		if (id === undefined) return undefined;
		waiting.delete(id);
		inFlight.add(id);
		polledAt.set(id, session.clock.now());
		return id;
	};

	const poll = async (id: ContainerId, signal: AbortSignal): Promise<void> => {
		try {
			const counters = await session.engine.statsOnce(id, signal);
			session.heard();
			if (counters !== undefined && !signal.aborted) readings.record(id, counters);
		} catch {
			// One container's numbers, and it is asked again: a removal or a hiccup is no news.
		} finally {
			inFlight.delete(id);
		}
	};

	const pump = createPump(session.scope, atOnce, next, poll);

	return {
		ask(ids) {
			for (const id of ids) if (!inFlight.has(id)) waiting.add(id);
			pump.kick();
		},
		keep(isWanted) {
			for (const id of waiting) if (!isWanted(id)) waiting.delete(id);
			for (const id of polledAt.keys()) if (!isWanted(id)) polledAt.delete(id);
		},
		polledAt: id => polledAt.get(id) ?? 0,
	};
};
