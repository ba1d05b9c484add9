import type {ContainerId} from '../engine/types.ts';

/** How much reading a way of getting at the numbers is worth. */
export type Pace = {
	/** With more rows on the screen than this, every second beat is enough for a person, and half the work. */
	readonly manyRows: number;
	/** In how many beats everything off the screen has had its turn. */
	readonly slowBeats: number;
	/** How many containers without a usable reading are caught up with per beat. */
	readonly catchUp: number;
	/** The most off the screen that are read in one beat. */
	readonly most: number;
};

/** A reading costs the engine 3 to 4 ms: all that is off the screen may take a twelfth of a core, however many. */
export const apiPace: Pace = {manyRows: 20, slowBeats: 15, catchUp: 20, most: 20};
/** A reading costs us some 0.05 ms, and the engine nothing. */
export const localPace: Pace = {manyRows: Number.POSITIVE_INFINITY, slowBeats: 5, catchUp: 40, most: 50};

export type ReadPlan = {
	readonly pace: Pace;
	readonly fast: readonly ContainerId[];
	readonly slow: readonly ContainerId[];
	/** When it was last asked for or told, epoch ms; 0 = never. */
	readonly lastAt: (id: ContainerId) => number;
	readonly readingsOf: (id: ContainerId) => number;
	readonly now: number;
};

/** Half a beat of grace: a round that began a little late does not skip the next one. */
const graceMs = 500;

/**
 * Whom to read in this beat of one second: what is looked at each or every second time, of the rest a share, the
 * longest unread first; more while some never had the two readings that a percentage needs.
 */
export const readsDue = ({pace, fast, slow, lastAt, readingsOf, now}: ReadPlan): readonly ContainerId[] => {
	const isOlderThan = (id: ContainerId, ageMs: number): boolean => now - lastAt(id) >= ageMs;
	const fastPeriodMs = fast.length > pace.manyRows ? 2000 : 1000;
	const fastDue = fast.filter(id => isOlderThan(id, fastPeriodMs - graceMs));

	const newcomers = slow.filter(id => readingsOf(id) < 2).length;
	const share = Math.max(Math.ceil(slow.length / pace.slowBeats), Math.min(newcomers, pace.catchUp));
	const slowDue = slow
		.filter(id => isOlderThan(id, 1000 - graceMs))
		.toSorted((left, right) => lastAt(left) - lastAt(right))
		.slice(0, Math.min(share, pace.most));
	return [...fastDue, ...slowDue];
};
