import type {Port} from './types.ts';

/**
 * What an inspect of a container tells of how it was made and how it is kept apart (`GET /containers/{id}/json`),
 * without the engine's spelling. Text that is absent is empty, a limit that is not set is absent; times are epoch ms.
 */
export type ContainerFacts = {
	readonly program: ProgramFacts;
	/** `NAME=value`, as the engine has them. */
	readonly environment: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly image: {readonly name: string; readonly id: string; readonly platform: string};
	readonly life: LifeFacts;
	readonly health?: HealthFacts;
	readonly limits: LimitFacts;
	readonly log: {readonly driver: string; readonly options: Readonly<Record<string, string>>};
	readonly ports: readonly Port[];
	readonly networks: readonly EndpointFacts[];
	readonly names: NameFacts;
	readonly mounts: readonly MountFacts[];
	readonly isolation: IsolationFacts;
};

export type ProgramFacts = {
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly user: string;
	readonly workingDirectory: string;
	readonly hostname: string;
	readonly domainname: string;
	readonly isTty: boolean;
	readonly isStdinOpen: boolean;
	readonly stopSignal: string;
	/** Seconds between the signal and SIGKILL; absent: the engine's ten. */
	readonly stopGraceSeconds?: number;
	/** A small init reaps orphans; absent: as the engine is set. */
	readonly hasInit?: boolean;
};

export type LifeFacts = {
	readonly status: string;
	readonly createdAt?: number;
	readonly startedAt?: number;
	readonly finishedAt?: number;
	/** Absent while it never ran or runs. */
	readonly exitCode?: number;
	readonly isOomKilled: boolean;
	readonly error: string;
	/** On the engine's host; 0 when it does not run. */
	readonly pid: number;
	readonly restartPolicy: string;
	/** 0: without end. */
	readonly maximumRetries: number;
	readonly restartCount: number;
	readonly isAutoRemove: boolean;
};

export type ProbeFacts = {
	readonly startedAt?: number;
	readonly endedAt?: number;
	readonly exitCode: number;
	readonly output: string;
};

export type HealthFacts = {
	/** `CMD`, `CMD-SHELL` or `NONE`, then what is run; empty: the image's own. */
	readonly test: readonly string[];
	/** Absent: the engine's own. */
	readonly intervalMs?: number;
	readonly timeoutMs?: number;
	readonly startPeriodMs?: number;
	readonly startIntervalMs?: number;
	readonly retries?: number;
	readonly status: string;
	readonly failingStreak: number;
	/** Oldest first; the engine keeps five. */
	readonly probes: readonly ProbeFacts[];
};

/** What is not limited is absent. */
export type LimitFacts = {
	readonly memoryBytes?: number;
	readonly memoryReservationBytes?: number;
	/** Memory and swap together; `unlimited`: as much swap as there is. */
	readonly memorySwapBytes?: number | 'unlimited';
	/** 0–100. */
	readonly memorySwappiness?: number;
	readonly shmBytes?: number;
	/** Cores. */
	readonly cpus?: number;
	readonly cpuShares?: number;
	readonly cpusetCpus: string;
	readonly cpusetMems: string;
	readonly pids?: number;
	/** -1: no limit. */
	readonly ulimits: readonly {readonly name: string; readonly soft: number; readonly hard: number}[];
	readonly blkioWeight?: number;
	/** One line each, e.g. `read /dev/sda 1048576 B/s`. */
	readonly blkioDevices: readonly string[];
	readonly oomScoreAdjust?: number;
	readonly isOomKillDisabled: boolean;
	readonly cgroupParent: string;
};

/** The container's end of a network. Addresses are empty while it does not run. */
export type EndpointFacts = {
	readonly network: string;
	readonly networkId: string;
	/** With the length of its prefix, `172.18.0.2/16`. */
	readonly ipv4: string;
	readonly gateway: string;
	readonly ipv6: string;
	readonly gateway6: string;
	readonly mac: string;
	readonly aliases: readonly string[];
	/** Names by which others on the network find it; engines before API 1.44 do not tell. */
	readonly dnsNames: readonly string[];
	/** An address that was asked for. */
	readonly wanted: string;
};

/** How it finds others by name. */
export type NameFacts = {
	readonly servers: readonly string[];
	readonly search: readonly string[];
	readonly options: readonly string[];
	readonly extraHosts: readonly string[];
	readonly links: readonly string[];
};

export type MountFacts = {
	/** `bind`, `volume`, `tmpfs`, `npipe`, `cluster`, `image` … */
	readonly type: string;
	/** The name of a volume. */
	readonly name: string;
	/** Path on the engine's host. */
	readonly source: string;
	readonly target: string;
	readonly isWritable: boolean;
	/** Further words, as `z`, `rslave`, `size=64m`. */
	readonly options: string;
	readonly propagation: string;
	readonly driver: string;
};

export type IsolationFacts = {
	/** As the engine spells them: `bridge`, `host`, `container:…`, `private`; empty: its default. */
	readonly networkMode: string;
	readonly pidMode: string;
	readonly ipcMode: string;
	readonly utsMode: string;
	readonly usernsMode: string;
	readonly cgroupnsMode: string;
	readonly isPrivileged: boolean;
	/** In capitals without `CAP_`, as `NET_ADMIN`; `ALL` for all. */
	readonly addedCapabilities: readonly string[];
	readonly droppedCapabilities: readonly string[];
	readonly securityOptions: readonly string[];
	readonly appArmorProfile: string;
	/** SELinux label of its processes. */
	readonly processLabel: string;
	readonly isRootReadOnly: boolean;
	/** Absent: the engine does not tell. */
	readonly maskedPaths?: readonly string[];
	readonly readonlyPaths?: readonly string[];
	/** `/dev/fuse → /dev/fuse rwm` and what was asked of device drivers, one text each. */
	readonly devices: readonly string[];
	readonly deviceRules: readonly string[];
	readonly addedGroups: readonly string[];
	readonly sysctls: Readonly<Record<string, string>>;
	readonly volumesFrom: readonly string[];
	readonly runtime: string;
};
