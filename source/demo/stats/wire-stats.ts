import type {DemoContainer} from '../containers/container-types.ts';
import type {Json} from '../http/read.ts';
import {machine} from '../system/machine.ts';
import {never, stamp} from '../timestamp.ts';
import type {Counters} from './counters.ts';

export type StatsTerms = {
	/** When the machine was started, epoch milliseconds. */
	readonly bootedAt: number;
	/** 1 for engines of API 1.41, else 2: they name memory and CPU differently. */
	readonly cgroupVersion: 1 | 2;
};

/**
 * An answer of `GET /containers/{id}/stats`.
 * @param counters `undefined` for a container that does not run
 * @param before the reading before, `undefined` when there was none
 */
export const wireStats = (
	container: DemoContainer,
	counters: Counters | undefined,
	before: Counters | undefined,
	terms: StatsTerms,
): Json => ({
	name: `/${container.name}`,
	id: container.id,
	read: counters === undefined ? never : stamp(counters.at),
	preread: before === undefined ? never : stamp(before.at),
	num_procs: 0,
	pids_stats: counters === undefined ? {} : {current: counters.pids},
	blkio_stats: blockOf(counters, terms),
	storage_stats: {},
	cpu_stats: cpuOf(counters, container, terms),
	precpu_stats: cpuOf(before, container, terms),
	memory_stats: counters === undefined ? {} : memoryOf(counters, terms),
	...(counters === undefined || ['none', 'host'].includes(container.spec.network)
		? {}
		: {networks: {eth0: networkOf(counters)}}),
});

/** Of a CPU quota, in periods of a tenth of a second: the share of them that ended before their time. */
const throttledShare = 0.18;

const throttlingOf = (counters: Counters | undefined, {spec, startedAt}: DemoContainer): Json => {
	if (counters === undefined || spec.nanoCpus === 0)
		return {periods: 0, throttled_periods: 0, throttled_time: 0};
	const periods = Math.floor((counters.at - (startedAt ?? counters.at)) / 100);
	const throttled = Math.floor(periods * throttledShare);
	return {periods, throttled_periods: throttled, throttled_time: throttled * 31_000_000};
};

const cpuOf = (
	counters: Counters | undefined,
	container: DemoContainer,
	{bootedAt, cgroupVersion}: StatsTerms,
): Json => {
	const throttling_data = throttlingOf(counters, container);
	const total = counters?.cpuNanoseconds ?? 0;
	const kernel = Math.round(0.21 * total);
	const usage = {
		total_usage: total,
		...(cgroupVersion === 1 && counters !== undefined ? {percpu_usage: shares(total)} : {}),
		usage_in_kernelmode: kernel,
		usage_in_usermode: total - kernel,
	};
	if (counters === undefined) return {cpu_usage: usage, throttling_data};
	return {
		cpu_usage: usage,
		system_cpu_usage: Math.round((counters.at - bootedAt) * 1e6) * machine.cpus,
		online_cpus: machine.cpus,
		throttling_data,
	};
};

const shares = (total: number): readonly number[] => {
	const share = Math.floor(total / machine.cpus);
	return Array.from({length: machine.cpus}, (_, cpu) =>
		cpu === 0 ? total - share * (machine.cpus - 1) : share,
	);
};

const memoryOf = (counters: Counters, {cgroupVersion}: StatsTerms): Json => {
	const {memoryBytes: usage, inactiveFileBytes: inactive, memoryLimitBytes: limit} = counters;
	const anonymous = usage - inactive;
	const faults = {pgfault: 2396 + Math.floor(usage / 4096), pgmajfault: 3};
	if (cgroupVersion === 2)
		return {
			usage,
			stats: {
				active_anon: 0,
				active_file: 0,
				anon: anonymous,
				file: inactive,
				inactive_anon: anonymous,
				inactive_file: inactive,
				...faults,
			},
			limit,
		};
	const stats = {cache: inactive, inactive_file: inactive, active_file: 0, rss: anonymous, ...faults};
	const totals = Object.fromEntries(Object.entries(stats).map(([name, value]) => [`total_${name}`, value]));
	return {
		usage,
		max_usage: usage,
		stats: {...stats, ...totals, hierarchical_memory_limit: limit},
		limit,
	};
};

const networkOf = ({receivedBytes, sentBytes}: Counters): Json => ({
	rx_bytes: receivedBytes,
	rx_packets: Math.ceil(receivedBytes / 610),
	rx_errors: 0,
	rx_dropped: 0,
	tx_bytes: sentBytes,
	tx_packets: Math.ceil(sentBytes / 480),
	tx_errors: 0,
	tx_dropped: 0,
});

const blockOf = (counters: Counters | undefined, {cgroupVersion}: StatsTerms): Json => {
	const [read, write] = cgroupVersion === 1 ? ['Read', 'Write'] : ['read', 'write'];
	return {
		io_service_bytes_recursive:
			counters === undefined || counters.readBytes + counters.writtenBytes === 0
				? null
				: [
						{major: 254, minor: 0, op: read, value: counters.readBytes},
						{major: 254, minor: 0, op: write, value: counters.writtenBytes},
					],
		io_serviced_recursive: null,
		io_queue_recursive: null,
		io_service_time_recursive: null,
		io_wait_time_recursive: null,
		io_merged_recursive: null,
		io_time_recursive: null,
		sectors_recursive: null,
	};
};
