import {EngineError} from '../engine/errors.ts';
import type {EngineEvent} from '../engine/types.ts';
import type {Session} from './context.ts';
import type {createSeenEvents} from './seen-events.ts';

/** The engine may have missed counting a moment: events are asked for from a little before its own time. */
const overlapMs = 2000;
/** A proxy may hold the headers back until the first event; the overlap covers the gap then. */
const openWaitMs = 1000;

/**
 * Hands on every event that was not there before, for as long as the connection lives.
 * @returns when the stream is open; its end, quiet or not, is the loss of the connection.
 */
export const followEvents = (
	session: Session,
	{
		engineTime,
		seen,
		onEvent,
		onUnreadable,
	}: {
		readonly engineTime: number;
		readonly seen: ReturnType<typeof createSeenEvents>;
		readonly onEvent: (event: EngineEvent) => void;
		readonly onUnreadable: () => void;
	},
): Promise<void> =>
	new Promise(resolve => {
		const callOff = session.scope.after(openWaitMs, resolve);
		const onOpen = (): void => {
			callOff();
			resolve();
		};
		session.scope.defer(resolve);
		session.scope.start(async signal => {
			const options = {since: engineTime - overlapMs, onOpen, onUnreadable};
			for await (const event of session.engine.events(options, signal)) {
				if (signal.aborted) return;
				session.heard();
				if (seen.isNew(event)) onEvent(event);
			}
			if (!signal.aborted) throw new EngineError('unreachable', 'the engine ended its event stream');
		});
	});
