import type {ContainerProcess} from '../engine/process-types.ts';

/** CPU time of each process at one moment, by number. */
export type CpuReading = {readonly readAt: number; readonly cpuSeconds: ReadonlyMap<number, number>};

/** `ps` tells whole seconds: over less than the first, a share would be mere chance. */
const leastMs = 8000;
const longestMs = 20_000;

export const readingOf = (processes: readonly ContainerProcess[], readAt: number): CpuReading => ({
	readAt,
	cpuSeconds: new Map(
		processes.flatMap(({pid, cpuSeconds}) => (cpuSeconds === undefined ? [] : [[pid, cpuSeconds] as const])),
	),
});

/** Those that the next share still counts from, oldest first. */
export const keptReadings = (earlier: readonly CpuReading[], latest: CpuReading): readonly CpuReading[] => [
	...earlier.filter(({readAt}) => readAt >= latest.readAt - longestMs && readAt < latest.readAt),
	latest,
];

/**
 * How busy each process was in the last 8 to 20 seconds, 100 = one core, exact to 5 to 13: what `ps` itself gives is
 * the average over the life of a process, in which a service that went wild an hour ago still looks idle.
 * @param readings oldest first
 */
export const recentShares = (readings: readonly CpuReading[]): ReadonlyMap<number, number> => {
	const latest = readings.at(-1);
	if (latest === undefined) return new Map();
	const shares = new Map<number, number>();
	for (const [pid, seconds] of latest.cpuSeconds) {
		const first = readings.find(
			reading => (reading.cpuSeconds.get(pid) ?? Number.POSITIVE_INFINITY) <= seconds,
		);
		const overMs = first === undefined ? 0 : latest.readAt - first.readAt;
		if (first === undefined || overMs < leastMs) continue;
		shares.set(pid, ((seconds - (first.cpuSeconds.get(pid) ?? 0)) * 100_000) / overMs);
	}
	return shares;
};
