import {sampleOf} from '../engine/stats.ts';
import type {ContainerId, StatsCounters, StatsSample} from '../engine/types.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {Session} from './context.ts';

/** The counters of every container that is watched, whichever way they come. */
export type Readings = {
	/** `isAwaited`: told soon, not only with the beat. */
	readonly record: (id: ContainerId, counters: StatsCounters, isAwaited?: boolean) => void;
	/** Its run is over: the next reading has no predecessor. */
	readonly forget: (id: ContainerId) => void;
	/** How many readings of this run there were: percentages and rates need two. */
	readonly countOf: (id: ContainerId) => number;
	/** When the last one came, by our clock; 0 = never. */
	readonly recordedAt: (id: ContainerId) => number;
};

/** Two readings closer than this say more about the engine's rounding than about the container. */
const shortestMs = 200;

type Known = {readonly counters: StatsCounters; readonly count: number; readonly at: number};

/** Turns counters into samples and tells the latest of each container with the beat. */
export const createReadings = (session: Session): Readings => {
	const known = new Map<ContainerId, Known>();
	const untold = new Map<ContainerId, StatsSample>();
	let isSomeAwaited = false;

	const tell = (): readonly EngineMessage[] => {
		isSomeAwaited = false;
		if (untold.size === 0) return [];
		const samples = Array.from(untold, ([id, sample]) => ({id, sample}));
		untold.clear();
		return [{type: 'engine/stats-sampled', samples, at: session.clock.now()}];
	};
	session.addSource('quick', () => (isSomeAwaited ? tell() : []));
	session.addSource('beat', tell);

	return {
		record(id, counters, isAwaited = false) {
			const last = known.get(id);
			if (last !== undefined && counters.readAt - last.counters.readAt < shortestMs) return;
			known.set(id, {counters, count: (last?.count ?? 0) + 1, at: session.clock.now()});
			untold.set(id, sampleOf(last?.counters, counters));
			if (!isAwaited) return;
			isSomeAwaited = true;
			session.wake();
		},
		forget(id) {
			known.delete(id);
			untold.delete(id);
		},
		countOf: id => known.get(id)?.count ?? 0,
		recordedAt: id => known.get(id)?.at ?? 0,
	};
};
