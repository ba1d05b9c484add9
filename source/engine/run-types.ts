import type {PortProtocol} from './types.ts';

export type RestartPolicy = {
	readonly name: 'no' | 'always' | 'on-failure' | 'unless-stopped';
	/** Only for `on-failure`; 0 = without end. */
	readonly maximumRetryCount?: number;
};

/** What `POST /containers/{id}/update` can change, as an inspect tells it. Of numbers 0 means: not set. */
export type ContainerLimits = {
	readonly memoryBytes: number;
	/** Soft limit. -1: it was taken away. */
	readonly reservationBytes: number;
	/** Memory and swap together; -1: unlimited swap. */
	readonly memorySwapBytes: number;
	/** Billionths of a core. */
	readonly nanoCpus: number;
	/** The other way to limit cores, which excludes `nanoCpus`: microseconds of each period. */
	readonly cpuQuota: number;
	/** Microseconds; 0: the kernel's 100,000. */
	readonly cpuPeriod: number;
	readonly cpuShares: number;
	/** Cores it may run on, e.g. `0-2,4`; empty: all. */
	readonly cpuset: string;
	/** Processes; 0 and below: no limit. */
	readonly pidsLimit: number;
	readonly restart: RestartPolicy;
};

/** What is absent stays as it is. */
export type LimitsChange = Partial<ContainerLimits>;

export type CommitSpec = {
	/** `repository:tag`. */
	readonly reference: string;
	readonly message: string;
	readonly author: string;
	/** Freezes the container while its files are read. */
	readonly isPausing: boolean;
	/** Dockerfile instructions, e.g. `CMD ["nginx"]`. */
	readonly changes: readonly string[];
};

/** What `docker run` is told; every absent field is left to the engine and the image. */
export type RunSpec = {
	readonly image: string;
	readonly name?: string;
	readonly command?: readonly string[];
	readonly ports: readonly PortMapping[];
	readonly env: readonly string[];
	/** `source:target[:ro]` binds and `name:target` volumes; a bare target makes an anonymous volume. */
	readonly volumes: readonly VolumeMapping[];
	readonly restart?: RestartPolicy;
	readonly isTty: boolean;
	readonly isInteractive: boolean;
	readonly isAutoRemove: boolean;
	readonly network?: string;
	readonly memoryBytes?: number;
	/** Cores, fractions allowed. */
	readonly cpus?: number;
};

export type PortMapping = {
	readonly containerPort: number;
	readonly protocol: PortProtocol;
	/** Absent: the engine picks a free one. */
	readonly hostPort?: number;
	/** The engine picks a free one from `hostPort` to this one. */
	readonly lastHostPort?: number;
	readonly hostIp?: string;
};

export type VolumeMapping = {
	/** Absolute path (bind) or volume name; absent for an anonymous volume. */
	readonly source?: string;
	readonly target: string;
	readonly isReadOnly: boolean;
};
