import type {Verdict} from '../../resources/outdated.ts';
import type {State} from '../model.ts';
import {selectAllOutdated} from './outdated-rows.ts';

export type OutdatedCounts = Readonly<Record<Verdict, number>>;

/** How many containers of each verdict there are, whether the filter shows them or not. */
export const outdatedCounts = (state: State): OutdatedCounts => {
	const counts: Record<Verdict, number> = {
		'newer-there': 0,
		'newer-here': 0,
		gone: 0,
		unknown: 0,
		asking: 0,
		'up-to-date': 0,
		fixed: 0,
	};
	for (const {verdict} of selectAllOutdated(state)) counts[verdict] += 1;
	return counts;
};

/** How many tags there are to ask for, and how many were answered. */
export const askedTags = (state: State): {readonly done: number; readonly all: number} => {
	const tags = new Set<string>();
	const done = new Set<string>();
	for (const {reference, verdict} of selectAllOutdated(state)) {
		if (reference === undefined) continue;
		if (verdict === 'asking') tags.add(reference);
		else if (state.outdated?.checks.has(reference) === true) done.add(reference);
	}
	return {done: done.size, all: tags.union(done).size};
};
