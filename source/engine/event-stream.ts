import {decodeEvent} from './decode/event.ts';
import type {Engine} from './engine.ts';
import type {EngineClient} from './engine-client.ts';
import {createLineSplitter} from './line-splitter.ts';
import {secondsText} from './paths.ts';
import {createQueue} from './queue.ts';
import type {EngineEvent} from './types.ts';

/** The headers come at once, however quiet the engine is. */
const openLimitMs = 10_000;

/**
 * `GET /events`. Reads as fast as the engine writes, whatever the reader does: an engine drops events for a
 * connection that stalls, and slows every client's calls down while it waits. Lines that are not events are
 * passed over, and told.
 */
export async function* eventStream(
	client: EngineClient,
	options: Parameters<Engine['events']>[0],
	signal: AbortSignal,
): AsyncGenerator<EngineEvent, void, undefined> {
	const request = {
		operation: 'events',
		path: '/events',
		query: {since: secondsText(options.since)},
		limitMs: openLimitMs,
	};
	const response = await client.transport().open(client.versioned(request), signal);
	const queue = createQueue<EngineEvent>();
	const splitter = createLineSplitter();
	const queueAll = (lines: readonly string[]): void => {
		for (const line of lines) {
			const event = decodeEvent(line);
			if (event === undefined) options.onUnreadable?.();
			else queue.push(event);
		}
	};
	response.on('data', (chunk: Buffer) => queueAll(splitter.push(chunk)));
	response.on('end', () => {
		queueAll(splitter.end());
		queue.close();
	});
	response.on('error', error => queue.close(error));
	response.on('close', () => queue.close());
	options.onOpen?.();
	try {
		yield* queue;
	} finally {
		response.destroy();
	}
}
