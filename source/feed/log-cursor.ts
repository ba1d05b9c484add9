import type {LogLine} from '../engine/types.ts';
import {compareStamps} from '../state/stamp.ts';

/** What a line is to a reader that goes on where it was: seen before, new, or new with something missing before it. */
export type Sighting = 'seen' | 'new' | 'after-gap';

/** Remembers how far a log was read, so that a stream opened again goes on there: no line lost, none twice. */
export type LogCursor = {
	/** From when on the engine has to send; absent while no line had a stamp. */
	readonly since: () => string | undefined;
	/** The log is opened again: lines from before may come once more. */
	readonly rewind: () => void;
	/** Of the next line in order. The last line seen comes again when nothing is missing after it. */
	readonly sight: (line: LogLine) => Sighting;
};

export const createLogCursor = (): LogCursor => {
	// The latest stamp, and how many lines carried it: several may share one.
	let last: string | undefined;
	let countAtLast = 0;
	let repeated: {readonly stamp: string; readonly count: number} | undefined;
	let countRepeated = 0;
	let hasSeenLast = true;
	let wasSeen = false;

	const isRepeated = (stamp: string): boolean => {
		if (repeated === undefined) return false;
		const order = compareStamps(stamp, repeated.stamp);
		if (order < 0) return true;
		if (order > 0) {
			repeated = undefined;
			return false;
		}
		hasSeenLast = true;
		// Of the lines with this very stamp, as many come again as were told.
		countRepeated += 1;
		return countRepeated <= repeated.count;
	};

	const remember = (stamp: string): void => {
		// The two outputs of a container are not told in exact order: the latest counts, not the last.
		const order = last === undefined ? 1 : compareStamps(stamp, last);
		if (order < 0) return;
		countAtLast = order > 0 ? 1 : countAtLast + 1;
		last = stamp;
	};

	return {
		since: () => last,
		rewind() {
			repeated = last === undefined ? undefined : {stamp: last, count: countAtLast};
			countRepeated = 0;
			hasSeenLast = last === undefined;
		},
		sight({stamp}) {
			// A piece without a stamp belongs to the line before it.
			if (stamp === '') return wasSeen ? 'seen' : 'new';
			wasSeen = isRepeated(stamp);
			if (wasSeen) return 'seen';
			remember(stamp);
			if (hasSeenLast) return 'new';
			hasSeenLast = true;
			return 'after-gap';
		},
	};
};
