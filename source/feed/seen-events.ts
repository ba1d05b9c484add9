import type {EngineEvent} from '../engine/types.ts';

/** More than an engine replays (Docker keeps 256). */
const eventsRemembered = 1024;

/**
 * Tells events that were there before: `since` of `GET /events` is inclusive, and every connection asks from a
 * little before its beginning.
 */
export const createSeenEvents = (): {readonly isNew: (event: EngineEvent) => boolean} => {
	const seen = new Set<string>();
	return {
		isNew(event) {
			const key = [event.timeNano, event.type, event.action, event.actionDetail, event.actorId].join(' ');
			if (seen.has(key)) return false;
			seen.add(key);
			const [oldest] = seen;
			if (seen.size > eventsRemembered && oldest !== undefined) seen.delete(oldest);
			return true;
		},
	};
};
