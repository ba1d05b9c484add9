import type {StatsCounters, StatsSample, Throttling} from './types.ts';

/**
 * What two readings of the same container say, by the formulas of `docker stats`
 * (`docker/cli` cli/command/container/stats_helpers.go).
 * Without a usable predecessor (none, not older, or counters that ran backwards because the container was
 * restarted) the CPU is absent and the rates are 0.
 */
export const sampleOf = (previous: StatsCounters | undefined, next: StatsCounters): StatsSample => {
	const sample = {
		readAt: next.readAt,
		memoryBytes: next.memoryBytes,
		memoryLimitBytes: next.memoryLimitBytes,
		netReceivedBytes: next.netReceivedBytes,
		netSentBytes: next.netSentBytes,
		blockReadBytes: next.blockReadBytes,
		blockWrittenBytes: next.blockWrittenBytes,
		pids: next.pids,
		...(next.throttling === undefined ? {} : {throttling: next.throttling}),
		...(next.oomKills === undefined ? {} : {oomKills: next.oomKills}),
		...(next.memoryLimitHits === undefined ? {} : {memoryLimitHits: next.memoryLimitHits}),
	};
	if (previous === undefined || previous.readAt >= next.readAt || previous.cpuTotalNs > next.cpuTotalNs) {
		return {...sample, intervalMs: 0, netReceiveRate: 0, netSendRate: 0, blockReadRate: 0, blockWriteRate: 0};
	}
	const intervalMs = next.readAt - previous.readAt;
	const seconds = intervalMs / 1000;
	// One counter alone can run backwards: an interface or a disk went away.
	const rateOf = (from: number, to: number): number => Math.max(0, to - from) / seconds;
	return {
		...sample,
		...throttledShare(previous.throttling, next.throttling),
		...corePercents(previous.coreNs, next.coreNs, seconds),
		intervalMs,
		cpuPercent: cpuPercentOf(previous, next, seconds),
		netReceiveRate: rateOf(previous.netReceivedBytes, next.netReceivedBytes),
		netSendRate: rateOf(previous.netSentBytes, next.netSentBytes),
		blockReadRate: rateOf(previous.blockReadBytes, next.blockReadBytes),
		blockWriteRate: rateOf(previous.blockWrittenBytes, next.blockWrittenBytes),
	};
};

const throttledShare = (
	before: Throttling | undefined,
	after: Throttling | undefined,
): Pick<StatsSample, 'throttledPercent'> => {
	if (before === undefined || after === undefined) return {};
	const periods = after.periods - before.periods;
	const throttled = after.throttledPeriods - before.throttledPeriods;
	return {throttledPercent: periods > 0 && throttled > 0 ? Math.min(100, (throttled / periods) * 100) : 0};
};

const corePercents = (
	before: readonly number[] | undefined,
	after: readonly number[] | undefined,
	seconds: number,
): Pick<StatsSample, 'corePercents'> => {
	if (before === undefined || after === undefined || before.length !== after.length) return {};
	return {
		corePercents: after.map((ns, core) => Math.max(0, ((ns - (before[core] ?? ns)) / (seconds * 1e9)) * 100)),
	};
};

/** Share of the host's CPU time, times its CPUs; by the wall clock where the host's time is not known. */
const cpuPercentOf = (previous: StatsCounters, next: StatsCounters, seconds: number): number => {
	const used = next.cpuTotalNs - previous.cpuTotalNs;
	if (previous.cpuSystemNs === undefined || next.cpuSystemNs === undefined)
		return (used / (seconds * 1e9)) * 100;
	const host = next.cpuSystemNs - previous.cpuSystemNs;
	return host <= 0 || used <= 0 ? 0 : (used / host) * next.onlineCpus * 100;
};
