import type {Json} from '../http/read.ts';
import {stamp} from '../timestamp.ts';
import type {ContainerHealth, DemoContainer} from './container-types.ts';

/** Between two probes, and how many of them are kept. */
const probeEveryMs = 30_000;
const keptProbes = 5;

/** The `State.Health` of inspect, with the latest probes. */
export const wireHealth = (container: DemoContainer, health: ContainerHealth, now: number): Json => {
	const {startedAt = now} = container;
	const isFailing = health.failingStreak > 0;
	const latest = Math.floor((now - startedAt) / probeEveryMs);
	const numbers = Array.from({length: keptProbes}, (_, index) => latest - keptProbes + 1 + index);
	return {
		Status: health.status,
		FailingStreak: health.failingStreak + (isFailing ? latest : 0),
		Log: numbers
			.filter(probe => probe > 0)
			.map(probe => ({
				Start: stamp(startedAt + probe * probeEveryMs),
				End: stamp(startedAt + probe * probeEveryMs + 48),
				ExitCode: isFailing ? 1 : 0,
				Output: isFailing ? 'wget: server returned error: HTTP/1.1 503 Service Unavailable\n' : 'ok\n',
			})),
	};
};
