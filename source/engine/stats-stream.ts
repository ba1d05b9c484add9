import {decodeStats} from './decode/stats.ts';
import type {EngineClient} from './engine-client.ts';
import {isEngineErrorOf} from './failure.ts';
import {linesOf} from './line-splitter.ts';
import {pathPart} from './paths.ts';
import type {ContainerId, StatsCounters} from './types.ts';

/** One reading takes up to two seconds where the engine samples once a second (before API 1.44). */
const onceLimitMs = 30_000;

/** `GET /containers/{id}/stats?stream=1`. The empty samples of a stopped container are passed over. */
export async function* statsStream(
	client: EngineClient,
	id: ContainerId,
	signal: AbortSignal,
): AsyncGenerator<StatsCounters, void, undefined> {
	const request = {operation: 'stats', path: `/containers/${pathPart(id)}/stats`, query: {stream: true}};
	const response = await client.transport().open(client.versioned(request), signal);
	for await (const line of linesOf(response)) {
		const counters = countersIn(line);
		if (counters !== undefined) yield counters;
	}
}

/** One reading; `undefined` for a container that does not run, which Podman answers with a conflict. */
export const statsOnce = async (
	client: EngineClient,
	id: ContainerId,
	signal: AbortSignal,
): Promise<StatsCounters | undefined> => {
	const request = {
		operation: 'stats',
		path: `/containers/${pathPart(id)}/stats`,
		query: {stream: false, 'one-shot': true},
		limitMs: onceLimitMs,
		isSlow: true,
	};
	try {
		return decodeStats(await client.json(request, signal));
	} catch (error) {
		if (isEngineErrorOf(error, 'conflict')) return undefined;
		throw error;
	}
};

const countersIn = (line: string): StatsCounters | undefined => {
	try {
		return decodeStats(JSON.parse(line));
	} catch {
		return undefined;
	}
};
