import type {IsolationFacts} from '../engine/container-facts.ts';

/** What a container may do without being asked: moby `oci/caps/defaults.go`. */
const dockerDefaults = [
	'AUDIT_WRITE',
	'CHOWN',
	'DAC_OVERRIDE',
	'FOWNER',
	'FSETID',
	'KILL',
	'MKNOD',
	'NET_BIND_SERVICE',
	'NET_RAW',
	'SETFCAP',
	'SETGID',
	'SETPCAP',
	'SETUID',
	'SYS_CHROOT',
] as const;

/** Podman grants three less: containers/common `pkg/config/default.go`. */
const podmanLess: ReadonlySet<string> = new Set(['AUDIT_WRITE', 'MKNOD', 'NET_RAW']);

export type Capabilities =
	/** Each the kernel knows. */
	| {readonly kind: 'all'; readonly but: readonly string[]}
	| {readonly kind: 'listed'; readonly names: readonly string[]};

/** The capabilities that its processes may have: the engine's default, less those dropped, and those added. */
export const effectiveCapabilities = (
	{isPrivileged, addedCapabilities, droppedCapabilities}: IsolationFacts,
	isPodman: boolean,
): Capabilities => {
	if (isPrivileged) return {kind: 'all', but: []};
	const dropped = new Set(droppedCapabilities);
	if (addedCapabilities.includes('ALL'))
		return {kind: 'all', but: [...dropped].filter(name => name !== 'ALL')};
	const granted = dockerDefaults.filter(name => !isPodman || !podmanLess.has(name));
	const kept = dropped.has('ALL') ? [] : granted.filter(name => !dropped.has(name));
	return {kind: 'listed', names: [...new Set([...kept, ...addedCapabilities])].toSorted()};
};

/** With these a process can as good as leave the container. */
export const dangerousCapabilities: ReadonlySet<string> = new Set([
	'ALL',
	'SYS_ADMIN',
	'SYS_MODULE',
	'SYS_PTRACE',
	'SYS_RAWIO',
	'DAC_READ_SEARCH',
	'BPF',
]);
