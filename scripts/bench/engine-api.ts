import {request} from 'node:http';

/** The Engine API on a unix socket, without anything between that would take time. */
export type EngineApi = {
	readonly socketPath: string;
	/** @returns the body. @throws with the engine's message for status 400 and above. */
	readonly call: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<string>;
};

export function engineApi(socketPath: string): EngineApi {
	return {
		socketPath,
		call: (method, path, body) =>
			new Promise((resolve, reject) => {
				const text = body === undefined ? undefined : JSON.stringify(body);
				const headers = text === undefined ? {} : {'content-type': 'application/json'};
				const call = request({socketPath, method, path, headers}, response => {
					let answer = '';
					response.setEncoding('utf8').on('data', (piece: string) => {
						answer += piece;
					});
					response.once('error', reject).once('end', () => {
						if ((response.statusCode ?? 500) < 400) resolve(answer);
						else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.trim()}`));
					});
				});
				call.once('error', reject).end(text);
			}),
	};
}

/**
 * When the engine says that it happened, ms on the clock of `performance.now()`. The engine must run on this
 * machine. Asked for afterwards, so that no further subscriber is there while it happens.
 * @param sinceMs epoch ms before the change
 */
export async function eventTime(
	{call}: EngineApi,
	{id, action, sinceMs}: {readonly id: string; readonly action: string; readonly sinceMs: number},
): Promise<number | undefined> {
	const query = `since=${(sinceMs / 1000).toFixed(9)}&until=${(Date.now() / 1000).toFixed(9)}`;
	const lines = (await call('GET', `/events?${query}`)).split('\n').filter(Boolean);
	const events: readonly EventFacts[] = lines.map(line => JSON.parse(line));
	const event = events.findLast(({Action, Actor}) => Action === action && Actor.ID === id);
	// Nanoseconds since 1970 need more digits than a number has; microseconds fit.
	const nanos =
		event === undefined ? undefined : /"timeNano":(\d+)\d{3}\b/.exec(lines[events.indexOf(event)] ?? '');
	return nanos?.[1] === undefined ? undefined : Number(nanos[1]) / 1000 - epochOffsetMs();
}

type EventFacts = {readonly Action: string; readonly Actor: {readonly ID: string}};

/** Epoch ms when `performance.now()` was 0, by the wall clock as it goes now: looks at the turn of a millisecond. */
function epochOffsetMs(): number {
	const before = Date.now();
	let now = before;
	while (now === before) now = Date.now();
	return now - performance.now();
}
