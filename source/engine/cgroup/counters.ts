import type {StatsCounters} from '../types.ts';
import {numberOf, wholeNumber} from './numbers.ts';
import type {CgroupPlace} from './place.ts';

/** What a control group counts. The limit is the group's own; infinite without one. */
export type CgroupCounters = Pick<
	StatsCounters,
	'cpuTotalNs' | 'memoryBytes' | 'memoryLimitBytes' | 'blockReadBytes' | 'blockWrittenBytes' | 'pids'
>;

/** @returns the file's text; `undefined` when it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

/**
 * One reading of the group's files, the processor's time first. `undefined` when it is gone, or keeps no account of
 * processor or memory; what else it keeps none of is 0, as in the engine's answer.
 */
export const cgroupCounters = (place: CgroupPlace, read: ReadFile): CgroupCounters | undefined => {
	switch (place.version) {
		case 1:
			return countersV1(place.folderOf, read);
		case 2:
			return countersV2(place.folder, read);
		default:
			return place satisfies never;
	}
};

/** Kernel documentation, admin-guide/cgroup-v1: cpuacct, memory, blkio-controller, pids. */
const countersV1 = (
	folderOf: (controller: string) => string | undefined,
	read: ReadFile,
): CgroupCounters | undefined => {
	const readOf = (controller: string, name: string): string | undefined => {
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
	};
};

/** Kernel documentation, admin-guide/cgroup-v2: core interface files, CPU, memory, IO, PID. */
const countersV2 = (folder: string, read: ReadFile): CgroupCounters | undefined => {
	const cpuTotalUs = numberOf(read(`${folder}/cpu.stat`) ?? '', 'usage_usec');
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
	};
};

/** By the docker CLI's rule, as `decode/stats.ts` does it. */
const withoutCache = (usage: number, cache = 0): number => (cache < usage ? usage - cache : usage);

const sumOf = (text: string | undefined, each: RegExp): number =>
	text?.matchAll(each).reduce((sum, [, digits]) => sum + Number(digits), 0) ?? 0;
