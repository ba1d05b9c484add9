import type {OpenLocalStats} from '../engine.ts';
import type {Container, EngineInfo} from '../types.ts';
import {cgroupCounters} from './counters.ts';
import {type CgroupMounts, cgroupMounts} from './mounts.ts';
import {networkReader} from './network.ts';
import {type CgroupPlace, placeOf} from './place.ts';
import {smallFile} from './small-file.ts';

/** A full id: part of one could be found in another container's group. */
const fullId = /^[\da-f]{64}$/;

/** Sub-millisecond and monotonic: a share of the processor is only as exact as the time between two readings. */
const preciseNow = (): number => performance.timeOrigin + performance.now();

/**
 * The numbers of `GET /containers/{id}/stats` without the engine, out of the files that it reads itself.
 *
 * They are never those of another process: processor, memory, disks and pids come from a group whose path holds the
 * container's id, and what a process of the pid shows of its network counts only while that process is in this group.
 * @param root put before every path
 */
export const createLocalStats = (
	info: Pick<EngineInfo, 'memoryBytes' | 'cpus'>,
	{root = '', now = preciseNow}: {readonly root?: string; readonly now?: () => number} = {},
): OpenLocalStats => {
	const read = (path: string): string | undefined => smallFile(`${root}${path}`);
	let mounts: CgroupMounts | undefined;

	const placeFor = (id: string, process: string): CgroupPlace | undefined => {
		const membership = smallFile(`${process}/cgroup`);
		if (membership === undefined || !fullId.test(id)) return undefined;
		mounts ??= cgroupMounts(read('/proc/self/mountinfo') ?? '');
		return placeOf(membership, id, mounts);
	};

	return (container: Container) => {
		const process = `${root}/proc/${container.details?.pid ?? 0}`;
		const place = placeFor(container.id, process);
		if (place === undefined) return undefined;
		const network = networkReader(container, {process, own: `${root}/proc/self`}, smallFile);
		if (network === undefined || cgroupCounters(place, read) === undefined) return undefined;
		return isDetailed => {
			const readAt = now();
			const counters = cgroupCounters(place, read, isDetailed);
			const traffic = network();
			if (counters === undefined || traffic === undefined) return undefined;
			// The engine tells the host's memory where the group has no limit, or a higher one.
			const memoryLimitBytes = Math.min(counters.memoryLimitBytes, info.memoryBytes);
			return {readAt, onlineCpus: info.cpus, ...counters, ...traffic, memoryLimitBytes};
		};
	};
};
