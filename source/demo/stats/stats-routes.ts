import type {Clock} from '../../clock.ts';
import type {ContainerStore} from '../containers/container-store.ts';
import {isAlive} from '../containers/container-types.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {flag} from '../http/query.ts';
import type {Json} from '../http/read.ts';
import {pause} from '../pause.ts';
import {type Counters, countersAt} from './counters.ts';
import {type StatsTerms, wireStats} from './wire-stats.ts';

export type StatsParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly terms: StatsTerms;
	/** What a reading takes, milliseconds. */
	readonly costMs: number;
	/** Whether a one-shot reading is answered at once, as engines of API 1.44 and later do. */
	readonly isOneShotQuick: boolean;
};

type Sample = {readonly json: Json; readonly counters: Counters | undefined};

const periodMs = 1000;

/** `GET /containers/{id}/stats`: a stream, two readings a second apart, or one reading. */
export const statsRoutes = (parts: StatsParts): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/stats$/,
		handle: async ({query, signal}, [reference = '']) => {
			const {id} = parts.store.get(reference);
			const isStream = flag(query, 'stream', true);
			const isOneShot = flag(query, 'one-shot');
			if (isStream && isOneShot) throw new DemoError(400, 'cannot have stream=true and one-shot=true');
			if (isStream) return {status: 200, contentType: 'application/json', stream: samples(parts, id, signal)};
			return {status: 200, json: await once(parts, id, isOneShot, signal)};
		},
	},
];

/** @param before the counters of the reading before */
const sample = async (
	{clock, store, terms, costMs}: StatsParts,
	id: string,
	before: Counters | undefined,
	signal: AbortSignal,
): Promise<Sample | undefined> => {
	if (costMs > 0) await pause(clock, costMs, signal);
	const container = store.find(id);
	if (container === undefined) return undefined;
	const counters = isAlive(container) ? countersAt(container, clock.now()) : undefined;
	const last = counters === undefined ? undefined : before;
	return {json: wireStats(container, counters, last, terms), counters};
};

const once = async (
	parts: StatsParts,
	id: string,
	isOneShot: boolean,
	signal: AbortSignal,
): Promise<Json> => {
	const {clock, store} = parts;
	let before: Counters | undefined;
	if (isAlive(store.get(id))) {
		if (!isOneShot) {
			before = (await sample(parts, id, undefined, signal))?.counters;
			await pause(clock, periodMs, signal);
		} else if (!parts.isOneShotQuick) await pause(clock, untilTick(clock), signal);
	}
	const answer = await sample(parts, id, before, signal);
	if (answer === undefined) throw new DemoError(404, `No such container: ${id}`);
	return answer.json;
};

async function* samples(
	parts: StatsParts,
	id: string,
	signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
	let before: Counters | undefined;
	while (!signal.aborted) {
		const next = await sample(parts, id, before, signal);
		if (next === undefined) return;
		before = next.counters;
		yield `${JSON.stringify(next.json)}\n`;
		await pause(parts.clock, untilTick(parts.clock), signal);
	}
}

/** An engine reads all of its containers on the same tick, once a second. */
const untilTick = (clock: Clock): number => periodMs - (clock.now() % periodMs);
