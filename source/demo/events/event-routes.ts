import type {Clock} from '../../clock.ts';
import type {DemoRoute} from '../contract.ts';
import {filters, nanoseconds} from '../http/query.ts';
import {afterLong} from '../pause.ts';
import {nanoStamp} from '../timestamp.ts';
import {eventFilter, eventFilterNames} from './event-filter.ts';
import type {EventLog, LoggedEvent} from './event-log.ts';
import {wireEvent} from './wire-event.ts';

/** What a subscriber may lag behind; beyond it loses events, as with a real engine, only later. */
const longestQueue = 100_000;

/** `GET /events`. */
export const eventRoutes = (clock: Clock, log: EventLog): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/events$/,
		handle: ({query, signal}) => {
			const matches = eventFilter(filters(query, eventFilterNames));
			const since = nanoseconds(query, 'since');
			const until = nanoseconds(query, 'until');
			const isWanted = (event: LoggedEvent): boolean =>
				matches(event) && (until === undefined || event.nano <= until);
			const past = since === undefined && until === undefined ? [] : log.recent();
			const queue = past.filter(event => event.nano >= (since ?? '') && isWanted(event));
			const stream = lines(clock, log, {queue, isWanted, until, signal});
			return {status: 200, contentType: 'application/json', stream};
		},
	},
];

type Subscription = {
	readonly queue: LoggedEvent[];
	readonly isWanted: (event: LoggedEvent) => boolean;
	readonly until: string | undefined;
	readonly signal: AbortSignal;
};

/** What is queued, then what comes: everything that one turn of the event loop brings goes out in one piece. */
const lines = (
	clock: Clock,
	log: EventLog,
	{queue, isWanted, until, signal}: Subscription,
): AsyncIterable<string> => {
	let wake = (): void => {};
	// At once, not with the first read: what happens between the two must not be missed.
	const unsubscribe = log.subscribe(event => {
		if (!isWanted(event) || queue.length >= longestQueue) return;
		queue.push(event);
		wake();
	});
	const untilMs = until === undefined ? Number.POSITIVE_INFINITY : Number(until.slice(0, -6));
	const isOver = (): boolean => signal.aborted || nanoStamp(clock.now()) >= (until ?? '9');
	const cancel =
		untilMs === Number.POSITIVE_INFINITY
			? () => {}
			: afterLong(clock, Math.max(0, untilMs - clock.now()), () => wake());
	const onAbort = (): void => {
		unsubscribe();
		cancel();
		wake();
	};
	signal.addEventListener('abort', onAbort, {once: true});
	return (async function* () {
		try {
			for (;;) {
				if (queue.length > 0) yield queue.splice(0).map(wireEvent).join('');
				if (isOver()) return;
				if (queue.length === 0) await new Promise<void>(resolve => (wake = resolve));
			}
		} finally {
			onAbort();
		}
	})();
};
