import type {CgroupMounts} from './mounts.ts';

/** A container's control group as folders of this machine; of version 1 each controller has a hierarchy of its own. */
export type CgroupPlace =
	| {readonly version: 1; readonly folderOf: (controller: string) => string | undefined}
	| {readonly version: 2; readonly folder: string};

/**
 * The container's own group out of `/proc/<pid>/cgroup` of a process in it (cgroups(7)), whoever named it:
 * `/docker/<id>`, `/system.slice/docker-<id>.scope`, `…/user@1000.service/user.slice/docker-<id>.scope`,
 * `/machine.slice/libpod-<id>.scope/container`, anything below a parent of the user's choice.
 * `undefined` when the id is not in it: then it is another container's process or none, seen from another machine or
 * another pid namespace than the engine's.
 */
export const placeOf = (membership: string, id: string, mounts: CgroupMounts): CgroupPlace | undefined => {
	const paths = new Map<string, string>();
	for (const line of membership.split('\n')) {
		const [, names = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
		const own = groupOf(path, id);
		if (own !== undefined) for (const name of names.split(',')) paths.set(name, own);
	}
	const folderOf = (controller: string): string | undefined => {
		const point = mounts.controllers.get(controller);
		const path = paths.get(controller);
		return point === undefined || path === undefined ? undefined : `${point}${path}`;
	};
	// Mixed set-ups keep the counters in version 1.
	if (folderOf('memory') !== undefined) return {version: 1, folderOf};
	const path = paths.get('');
	return path === undefined || mounts.unified === undefined
		? undefined
		: {version: 2, folder: `${mounts.unified}${path}`};
};

/** Without the groups that the container makes below its own: a group's counters hold those of the groups in it. */
const groupOf = (path: string, id: string): string | undefined => {
	const at = path.indexOf(id);
	if (at < 0) return undefined;
	const end = path.indexOf('/', at);
	return end < 0 ? path : path.slice(0, end);
};
