import type {StatsCounters} from '../types.ts';
import {type Fields, list, number, optionalNumber, record, text, time} from './read.ts';

/**
 * One answer of `GET /containers/{id}/stats` as counters, by the docker CLI's rules
 * (`docker/cli` cli/command/container/stats_helpers.go); `undefined` for the empty sample of a container that
 * does not run.
 */
export const decodeStats = (value: unknown): StatsCounters | undefined => {
	const root = record(value);
	const readAt = time(root.read);
	if (readAt === undefined) return undefined;
	const common = {readAt, ...networkOf(root)};
	const isWindows = root.os_type === 'windows' || record(root.memory_stats).privateworkingset !== undefined;
	if (isWindows) return {...common, ...windowsCounters(root)};
	const pids = optionalNumber(record(root.pids_stats).current);
	const cpu = cpuOf(record(root.cpu_stats));
	if (pids === undefined && cpu.cpuTotalNs === 0) return undefined;
	return {
		...common,
		...cpu,
		...memoryOf(record(root.memory_stats)),
		...blockOf(record(root.blkio_stats)),
		pids: pids ?? 0,
	};
};

type CpuCounters = Pick<StatsCounters, 'cpuTotalNs' | 'cpuSystemNs' | 'onlineCpus' | 'throttling' | 'coreNs'>;

const cpuOf = (cpu: Fields): CpuCounters => {
	const usage = record(cpu.cpu_usage);
	const system = optionalNumber(cpu.system_cpu_usage);
	const coreNs = list(usage.percpu_usage).map(ns => number(ns));
	return {
		cpuTotalNs: number(usage.total_usage),
		...(system ? {cpuSystemNs: system} : {}),
		onlineCpus: number(cpu.online_cpus) || coreNs.length || 1,
		...throttlingOf(record(cpu.throttling_data)),
		// The kernel lists every core there could be, those that are not there as 0.
		...(coreNs.length === 0 ? {} : {coreNs: coreNs.slice(0, number(cpu.online_cpus) || coreNs.length)}),
	};
};

/** Without a quota nothing is counted, and the engine says 0. */
const throttlingOf = (data: Fields): Pick<StatsCounters, 'throttling'> => {
	const periods = number(data.periods);
	if (periods === 0) return {};
	return {
		throttling: {
			periods,
			throttledPeriods: number(data.throttled_periods),
			throttledNs: number(data.throttled_time),
		},
	};
};

/** Without the page cache that can be taken back: `total_inactive_file` on cgroup v1, `inactive_file` on v2. */
const memoryOf = (
	memory: Fields,
): Pick<StatsCounters, 'memoryBytes' | 'memoryLimitBytes' | 'memoryLimitHits' | 'oomKills'> => {
	const usage = number(memory.usage);
	const stats = record(memory.stats);
	const cache = optionalNumber(stats.total_inactive_file) ?? number(stats.inactive_file);
	const limit = number(memory.limit);
	const failures = optionalNumber(memory.failcnt);
	// Of version 2 the engine gives here how often the kernel had to kill (moby, daemon/stats_unix.go).
	const isVersion1 = stats.total_inactive_file !== undefined;
	const isVersion2 = !isVersion1 && stats.inactive_file !== undefined;
	return {
		...(failures !== undefined && isVersion1 ? {memoryLimitHits: failures} : {}),
		...(failures !== undefined && isVersion2 ? {oomKills: failures} : {}),
		memoryBytes: cache < usage ? usage - cache : usage,
		// An unlimited cgroup reads as a number near 2^63.
		memoryLimitBytes: limit > Number.MAX_SAFE_INTEGER ? 0 : limit,
	};
};

const networkOf = (root: Fields): Pick<StatsCounters, 'netReceivedBytes' | 'netSentBytes'> => {
	const interfaces = Object.values(record(root.networks)).map(record);
	return {
		netReceivedBytes: interfaces.reduce((sum, each) => sum + number(each.rx_bytes), 0),
		netSentBytes: interfaces.reduce((sum, each) => sum + number(each.tx_bytes), 0),
	};
};

const blockOf = (block: Fields): Pick<StatsCounters, 'blockReadBytes' | 'blockWrittenBytes'> => {
	const entries = list(block.io_service_bytes_recursive).map(record);
	const sumOf = (initial: string): number =>
		entries
			.filter(entry => text(entry.op).toLowerCase().startsWith(initial))
			.reduce((sum, entry) => sum + number(entry.value), 0);
	return {blockReadBytes: sumOf('r'), blockWrittenBytes: sumOf('w')};
};

/** Windows counts CPU time in 100 ns and knows neither a limit nor the host's CPU time. */
const windowsCounters = (
	root: Fields,
): Omit<StatsCounters, 'readAt' | 'netReceivedBytes' | 'netSentBytes'> => {
	const storage = record(root.storage_stats);
	const usage = record(record(root.cpu_stats).cpu_usage);
	return {
		cpuTotalNs: number(usage.total_usage) * 100,
		onlineCpus: number(root.num_procs) || 1,
		memoryBytes: number(record(root.memory_stats).privateworkingset),
		memoryLimitBytes: 0,
		blockReadBytes: number(storage.read_size_bytes),
		blockWrittenBytes: number(storage.write_size_bytes),
		pids: 0,
	};
};
