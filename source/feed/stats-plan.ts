import type {ContainerId} from '../engine/types.ts';

export type PollPlan = {
	readonly fast: readonly ContainerId[];
	readonly slow: readonly ContainerId[];
	/** When it was last asked for or told, epoch ms; 0 = never. */
	readonly lastAt: (id: ContainerId) => number;
	readonly readingsOf: (id: ContainerId) => number;
	readonly now: number;
};

/** Half a beat of grace: a round that began a little late does not skip the next one. */
const graceMs = 500;
/** With so many rows on the screen every second beat is enough for a person, and half the work for the engine. */
const manyRows = 20;
const slowBeats = 10;
/** How many containers without a usable reading are caught up with per beat. */
const catchUp = 20;

/**
 * Whom to ask for a reading in this beat of one second: what is looked at each or every second time, of the rest a
 * tenth, the longest unasked first; more while some never had the two readings that a percentage needs.
 */
export const pollsDue = ({fast, slow, lastAt, readingsOf, now}: PollPlan): readonly ContainerId[] => {
	const isOlderThan = (id: ContainerId, ageMs: number): boolean => now - lastAt(id) >= ageMs;
	const fastPeriodMs = fast.length > manyRows ? 2000 : 1000;
	const fastDue = fast.filter(id => isOlderThan(id, fastPeriodMs - graceMs));

	const newcomers = slow.filter(id => readingsOf(id) < 2).length;
	const share = Math.max(Math.ceil(slow.length / slowBeats), Math.min(newcomers, catchUp));
	const slowDue = slow
		.filter(id => isOlderThan(id, 1000 - graceMs))
		.toSorted((left, right) => lastAt(left) - lastAt(right))
		.slice(0, share);
	return [...fastDue, ...slowDue];
};
