/** Where this machine's control groups are seen. */
export type CgroupMounts = {
	/** Version 1: the mount point of each controller's hierarchy. */
	readonly controllers: ReadonlyMap<string, string>;
	/** Mount point of the version 2 hierarchy. */
	readonly unified?: string;
};

/**
 * From `/proc/self/mountinfo` (proc_pid_mountinfo(5)). A mount that does not show its hierarchy from the root on, as
 * in a container, is left out: paths of other processes do not fit below it.
 */
export const cgroupMounts = (mountinfo: string): CgroupMounts => {
	const controllers = new Map<string, string>();
	let unified: string | undefined;
	for (const line of mountinfo.split('\n')) {
		const [before = '', after = ''] = line.split(' - ');
		const [, , , root, point] = before.split(' ');
		const [type, , options = ''] = after.split(' ');
		if (root !== '/' || point === undefined) continue;
		if (type === 'cgroup2') unified ??= point;
		if (type !== 'cgroup') continue;
		for (const name of options.split(',')) if (!controllers.has(name)) controllers.set(name, point);
	}
	return {controllers, ...(unified === undefined ? {} : {unified})};
};
