import type {LimitFacts} from '../container-facts.ts';
import {type Fields, list, number, optionalNumber, record, text, truth} from './read.ts';

/** 0 and, but for swap, -1 stand for no limit. */
const limit = (value: unknown): number | undefined => {
	const given = optionalNumber(value);
	return given === undefined || given <= 0 ? undefined : given;
};

/** `--cpus` is kept in billionths of a core, or as a quota of a period. */
const cpusOf = (host: Fields): number | undefined => {
	const nano = limit(host.NanoCpus);
	if (nano !== undefined) return nano / 1e9;
	const quota = limit(host.CpuQuota);
	return quota === undefined ? undefined : quota / (limit(host.CpuPeriod) ?? 100_000);
};

const rates = (host: Fields, name: string, what: string, unit: string): readonly string[] =>
	list(host[name])
		.map(record)
		.map(({Path, Rate}) => `${what} ${text(Path)} ${number(Rate)} ${unit}`);

/** The limits of an inspect's `HostConfig`. */
export const decodeLimits = (host: Fields): LimitFacts => {
	const memoryBytes = limit(host.Memory);
	const memoryReservationBytes = limit(host.MemoryReservation);
	const memorySwapBytes = number(host.MemorySwap) === -1 ? 'unlimited' : limit(host.MemorySwap);
	const swappiness = optionalNumber(host.MemorySwappiness);
	const shmBytes = limit(host.ShmSize);
	const cpus = cpusOf(host);
	const cpuShares = limit(host.CpuShares);
	const pids = limit(host.PidsLimit);
	const blkioWeight = limit(host.BlkioWeight);
	const oomScoreAdjust = number(host.OomScoreAdj);
	return {
		...(memoryBytes !== undefined && {memoryBytes}),
		...(memoryReservationBytes !== undefined && {memoryReservationBytes}),
		...(memorySwapBytes !== undefined && {memorySwapBytes}),
		...(swappiness !== undefined && swappiness >= 0 && {memorySwappiness: swappiness}),
		...(shmBytes !== undefined && {shmBytes}),
		...(cpus !== undefined && {cpus}),
		...(cpuShares !== undefined && {cpuShares}),
		cpusetCpus: text(host.CpusetCpus),
		cpusetMems: text(host.CpusetMems),
		...(pids !== undefined && {pids}),
		ulimits: list(host.Ulimits)
			.map(record)
			.map(({Name, Soft, Hard}) => ({name: text(Name), soft: number(Soft), hard: number(Hard)})),
		...(blkioWeight !== undefined && {blkioWeight}),
		blkioDevices: [
			...list(host.BlkioWeightDevice)
				.map(record)
				.map(({Path, Weight}) => `weight ${text(Path)} ${number(Weight)}`),
			...rates(host, 'BlkioDeviceReadBps', 'read', 'B/s'),
			...rates(host, 'BlkioDeviceWriteBps', 'write', 'B/s'),
			...rates(host, 'BlkioDeviceReadIOps', 'read', 'IO/s'),
			...rates(host, 'BlkioDeviceWriteIOps', 'write', 'IO/s'),
		],
		...(oomScoreAdjust !== 0 && {oomScoreAdjust}),
		isOomKillDisabled: truth(host.OomKillDisable),
		cgroupParent: text(host.CgroupParent),
	};
};
