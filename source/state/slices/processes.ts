import {cellWidth} from '../../format/cells.ts';
import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import {keptReadings, readingOf} from '../recent-share.ts';
import {replaced} from '../replaced.ts';
import type {ProcessesView} from '../views/processes.ts';

/** Cells that a command has on the screen at least. */
const leastShown = 30;

/** Beyond it no command has more to show. */
const furthest = ({table}: ProcessesView): number => {
	let longest = 0;
	for (const {command} of table?.processes ?? []) longest = Math.max(longest, cellWidth(command));
	return Math.max(0, longest - leastShown);
};

/** @param opened the container whose screen is open; what belongs to another one is forgotten. */
export const reduceProcesses = (
	view: ProcessesView | undefined,
	message: Message,
	opened: OpenedContainer | undefined,
): ProcessesView | undefined => {
	const own = view?.containerId === opened?.containerId ? view : undefined;
	switch (message.type) {
		case 'processes/listed': {
			const {containerId, table} = message;
			if (containerId !== opened?.containerId) return own;
			const {shift = 0, readings = []} = own ?? {};
			const latest = readingOf(table.processes, table.readAt);
			return {
				containerId,
				loading: {status: 'ready'},
				table,
				readings: keptReadings(readings, latest),
				shift,
			};
		}
		case 'processes/failed': {
			const {containerId, fault} = message;
			if (containerId !== opened?.containerId) return own;
			return {shift: 0, readings: [], ...own, containerId, loading: {status: 'failed', fault}};
		}
		case 'processes/shifted': {
			if (own === undefined) return undefined;
			const shift = Math.max(0, Math.min(own.shift + message.cells, furthest(own)));
			return replaced(own, {shift});
		}
		default:
			return own;
	}
};
