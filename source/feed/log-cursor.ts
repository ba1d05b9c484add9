import type {LogLine} from '../engine/types.ts';
import {compareStamps} from './stamp.ts';

/** Remembers how far a log was read, so that a stream opened again goes on there: no line lost, none twice. */
export type LogCursor = {
	/** From when on the engine has to send; absent while no line had a stamp. */
	readonly since: () => string | undefined;
	/** The log is opened again: lines from before may come once more. */
	readonly rewind: () => void;
	/** Whether this line, the next in order, was not there before. */
	readonly isNew: (line: LogLine) => boolean;
};

export const createLogCursor = (): LogCursor => {
	// The latest stamp, and how many lines carried it: several may share one.
	let last: string | undefined;
	let countAtLast = 0;
	let repeated: {readonly stamp: string; readonly count: number} | undefined;
	let countRepeated = 0;
	let wasNew = true;

	const isRepeated = (stamp: string): boolean => {
		if (repeated === undefined) return false;
		const order = compareStamps(stamp, repeated.stamp);
		if (order < 0) return true;
		if (order > 0) {
			repeated = undefined;
			return false;
		}
		// Of the lines with this very stamp, as many come again as were told.
		countRepeated += 1;
		return countRepeated <= repeated.count;
	};

	const remember = (stamp: string): void => {
		const order = last === undefined ? 1 : compareStamps(stamp, last);
		// The two outputs of a container are not told in exact order: the latest counts, not the last.
		if (order < 0) return;
		countAtLast = order > 0 ? 1 : countAtLast + 1;
		last = stamp;
	};

	return {
		since: () => last,
		rewind() {
			repeated = last === undefined ? undefined : {stamp: last, count: countAtLast};
			countRepeated = 0;
		},
		isNew({stamp}) {
			// A piece without a stamp belongs to the line before it.
			if (stamp === undefined) return wasNew;
			wasNew = !isRepeated(stamp);
			if (wasNew) remember(stamp);
			return wasNew;
		},
	};
};
