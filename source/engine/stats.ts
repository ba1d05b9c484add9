import type {StatsCounters, StatsSample} from './types.ts';

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
	};
	if (previous === undefined || previous.readAt >= next.readAt || previous.cpuTotalNs > next.cpuTotalNs) {
		return {...sample, netReceiveRate: 0, netSendRate: 0, blockReadRate: 0, blockWriteRate: 0};
	}
	const seconds = (next.readAt - previous.readAt) / 1000;
	// One counter alone can run backwards: an interface or a disk went away.
	const rateOf = (from: number, to: number): number => Math.max(0, to - from) / seconds;
	return {
		...sample,
		cpuPercent: cpuPercentOf(previous, next, seconds),
		netReceiveRate: rateOf(previous.netReceivedBytes, next.netReceivedBytes),
		netSendRate: rateOf(previous.netSentBytes, next.netSentBytes),
		blockReadRate: rateOf(previous.blockReadBytes, next.blockReadBytes),
		blockWriteRate: rateOf(previous.blockWrittenBytes, next.blockWrittenBytes),
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
