import type {ConfirmSpec} from '../overlays.ts';

/** Border, blank lines, what can be done, the field to type in, and a sentence folded once. */
const otherRows = 10;
const leastRows = 3;
const mostRows = 25;

/** Rows of a question's list that are shown at a time. */
export const confirmListRows = (
	{ui}: {readonly ui: {readonly rows: number}},
	{list = [], lines, toggles}: ConfirmSpec,
): number => {
	const room = ui.rows - otherRows - lines.length - toggles.length;
	return Math.min(list.length, Math.max(leastRows, Math.min(mostRows, room)));
};
