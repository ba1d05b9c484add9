import type {StatsCounters} from '../types.ts';
import {numberOf, wholeNumber} from './numbers.ts';
import type {CgroupPlace} from './place.ts';

/** What a control group counts. The limit is the group's own; infinite without one. */
export type CgroupCounters = Pick<
	StatsCounters,
	| 'cpuTotalNs'
	| 'memoryBytes'
	| 'memoryLimitBytes'
	| 'blockReadBytes'
	| 'blockWrittenBytes'
	| 'pids'
	| 'throttling'
	| 'coreNs'
	| 'oomKills'
	| 'memoryLimitHits'
>;

/** @returns the file's text; `undefined` when it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

/**
 * One reading of the group's files, the processor's time first. `undefined` when it is gone, or keeps no account of
 * processor or memory; what else it keeps none of is 0, as in the engine's answer.
 * @param isDetailed cores, throttling and what the kernel had to kill as well
 */
export const cgroupCounters = (
	place: CgroupPlace,
	read: ReadFile,
	isDetailed = false,
): CgroupCounters | undefined => {
	switch (place.version) {
		case 1:
			return countersV1(place.folderOf, read, isDetailed);
		case 2:
			return countersV2(place.folder, read, isDetailed);
		default:
			return place satisfies never;
	}
};

/** Kernel documentation, admin-guide/cgroup-v1: cpuacct, memory, blkio-controller, pids. */
const countersV1 = (
	folderOf: (controller: string) => string | undefined,
	read: ReadFile,
	isDetailed: boolean,
): CgroupCounters | undefined => {
	const readOf: ReadOf = (controller, name) => {
		const folder = folderOf(controller);
		return folder === undefined ? undefined : read(`${folder}/${controller}.${name}`);
	};
	const cpuTotalNs = wholeNumber(readOf('cpuacct', 'usage'));
	const usage = wholeNumber(readOf('memory', 'usage_in_bytes'));
	const stat = readOf('memory', 'stat');
	if (cpuTotalNs === undefined || usage === undefined || stat === undefined) return undefined;
	// Where containerd looks (cgroup1/blkio.go) since the kernel has no CFQ, version 5.0.
	const blocks = readOf('blkio', 'throttle.io_service_bytes');
	return {
		cpuTotalNs,
		memoryBytes: withoutCache(usage, numberOf(stat, 'total_inactive_file')),
		memoryLimitBytes: wholeNumber(readOf('memory', 'limit_in_bytes')) ?? Number.POSITIVE_INFINITY,
		blockReadBytes: sumOf(blocks, / Read (\d+)/g),
		blockWrittenBytes: sumOf(blocks, / Write (\d+)/g),
		pids: wholeNumber(readOf('pids', 'current')) ?? 0,
		...(isDetailed ? detailsV1(readOf) : {}),
	};
};

type ReadOf = (controller: string, name: string) => string | undefined;

type Details = Pick<CgroupCounters, 'throttling' | 'coreNs' | 'oomKills' | 'memoryLimitHits'>;

/** What the kernel does not tell is left out: `oom_kill` came with version 4.13. */
const detailsV1 = (readOf: ReadOf): Details => {
	const oomKills = numberOf(readOf('memory', 'oom_control') ?? '', 'oom_kill');
	const memoryLimitHits = wholeNumber(readOf('memory', 'failcnt'));
	const cores = readOf('cpuacct', 'usage_percpu')?.trim() ?? '';
	return {
		...throttlingIn(readOf('cpu', 'stat') ?? '', {time: 'throttled_time', nsPerUnit: 1}),
		...(cores === '' ? {} : {coreNs: cores.split(' ').map(Number)}),
		...(oomKills === undefined ? {} : {oomKills}),
		...(memoryLimitHits === undefined ? {} : {memoryLimitHits}),
	};
};

/** Where no quota was ever set, nothing is counted. */
const throttlingIn = (
	stat: string,
	{time, nsPerUnit}: {readonly time: string; readonly nsPerUnit: number},
): Pick<Details, 'throttling'> => {
	const periods = numberOf(stat, 'nr_periods') ?? 0;
	if (periods === 0) return {};
	const throttledNs = (numberOf(stat, time) ?? 0) * nsPerUnit;
	return {throttling: {periods, throttledPeriods: numberOf(stat, 'nr_throttled') ?? 0, throttledNs}};
};

/** Kernel documentation, admin-guide/cgroup-v2: core interface files, CPU, memory, IO, PID. */
const countersV2 = (folder: string, read: ReadFile, isDetailed: boolean): CgroupCounters | undefined => {
	const cpu = read(`${folder}/cpu.stat`) ?? '';
	const cpuTotalUs = numberOf(cpu, 'usage_usec');
	const usage = wholeNumber(read(`${folder}/memory.current`));
	const stat = read(`${folder}/memory.stat`);
	if (cpuTotalUs === undefined || usage === undefined || stat === undefined) return undefined;
	const blocks = read(`${folder}/io.stat`);
	return {
		cpuTotalNs: cpuTotalUs * 1000,
		memoryBytes: withoutCache(usage, numberOf(stat, 'inactive_file')),
		memoryLimitBytes: wholeNumber(read(`${folder}/memory.max`)) ?? Number.POSITIVE_INFINITY,
		blockReadBytes: sumOf(blocks, / rbytes=(\d+)/g),
		blockWrittenBytes: sumOf(blocks, / wbytes=(\d+)/g),
		pids: wholeNumber(read(`${folder}/pids.current`)) ?? 0,
		...(isDetailed ? detailsV2(cpu, read(`${folder}/memory.events`) ?? '') : {}),
	};
};

const detailsV2 = (cpu: string, events: string): Details => {
	const oomKills = numberOf(events, 'oom_kill');
	const memoryLimitHits = numberOf(events, 'max');
	return {
		...throttlingIn(cpu, {time: 'throttled_usec', nsPerUnit: 1000}),
		...(oomKills === undefined ? {} : {oomKills}),
		...(memoryLimitHits === undefined ? {} : {memoryLimitHits}),
	};
};

/** By the docker CLI's rule, as `decode/stats.ts` does it. */
const withoutCache = (usage: number, cache = 0): number => (cache < usage ? usage - cache : usage);

const sumOf = (text: string | undefined, each: RegExp): number =>
	text?.matchAll(each).reduce((sum, [, digits]) => sum + Number(digits), 0) ?? 0;
