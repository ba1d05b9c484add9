/**
 * What Gantry knows of an engine's objects. Everything here is decoded, readonly and free of the engine's
 * JSON spelling; times are epoch milliseconds, sizes are bytes. Text is as the engine sent it: it passes
 * `format/sanitise` before it reaches a screen.
 */

import type {BuildEvent} from './build-types.ts';

export type ContainerId = string & {readonly __brand: 'ContainerId'};
export type ImageId = string & {readonly __brand: 'ImageId'};

export type ContainerState =
	| 'created'
	| 'running'
	| 'paused'
	| 'restarting'
	| 'removing'
	| 'exited'
	| 'dead'
	| 'unknown';

/** `none`: the container has no health check. */
export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

export type PortProtocol = 'tcp' | 'udp' | 'sctp';

/** A port of the container; published when `publicPort` is given. */
export type Port = {
	readonly privatePort: number;
	readonly publicPort?: number;
	/** Address on the engine's host that the port is bound to, e.g. `0.0.0.0` or `::`. */
	readonly hostIp?: string;
	readonly protocol: PortProtocol;
};

/** Where an engine is and who named that place, e.g. `unix:///var/run/docker.sock` by `default socket`. */
export type EnginePlace = {readonly address: string; readonly source: string};

/** What only an inspect tells (`GET /containers/{id}/json`). */
export type ContainerDetails = {
	readonly startedAt?: number;
	readonly finishedAt?: number;
	/** Absent while it never ran. */
	readonly exitCode?: number;
	readonly isOomKilled: boolean;
	/** The engine's own words for why the last start failed; empty when it did not. */
	readonly error: string;
	readonly restartCount: number;
	readonly isTty: boolean;
	/** Process id on the engine's host; 0 when not running. */
	readonly pid: number;
	readonly logDriver: string;
	/** 0 = unlimited. */
	readonly memoryLimitBytes: number;
	/** Cores, fractions of one too; absent = unlimited. */
	readonly cpuLimit?: number;
	/** Absent = unlimited. */
	readonly pidsLimit?: number;
	/** Whether the engine starts it again by itself when it ends, at least sometimes. */
	readonly isRestarted?: boolean;
	/** Output of the last health probes, oldest first. */
	readonly healthLog: readonly {
		readonly exitCode: number;
		readonly output: string;
		readonly endedAt: number;
	}[];
	/** Names of anonymous or named volumes mounted. */
	readonly volumes: readonly string[];
	readonly isAutoRemove: boolean;
};

export type Container = {
	readonly id: ContainerId;
	/** Without the leading slash. */
	readonly name: string;
	/** The image as it was named at creation; may be an id when the tag has moved on. */
	readonly image: string;
	readonly imageId: ImageId;
	readonly command: string;
	readonly createdAt: number;
	readonly state: ContainerState;
	readonly health: Health;
	/** The engine's own status text, e.g. `Exited (137) 2 hours ago`. */
	readonly statusText: string;
	/** From the status text or an inspect; absent while it never exited. */
	readonly exitCode?: number;
	readonly ports: readonly Port[];
	readonly labels: Readonly<Record<string, string>>;
	/** Compose project and service from the labels, when there are any. */
	readonly project?: string;
	readonly service?: string;
	readonly networks: readonly string[];
	/** Known after an inspect. */
	readonly details?: ContainerDetails;
};

export type Image = {
	readonly id: ImageId;
	/** `repository:tag`; empty for a dangling image. */
	readonly tags: readonly string[];
	/** `repository@sha256:…`. */
	readonly digests: readonly string[];
	readonly createdAt: number;
	readonly sizeBytes: number;
	/** Absent when the engine did not compute it. */
	readonly sharedBytes?: number;
	readonly labels: Readonly<Record<string, string>>;
};

/**
 * Raw counters of one container at one moment, from the engine or from cgroupfs.
 * Percentages and rates need two of them: `engine/stats.ts`.
 */
export type StatsCounters = {
	/** When the engine read them. */
	readonly readAt: number;
	readonly cpuTotalNs: number;
	/** CPU time of the whole host (all cores), when the source gives it. */
	readonly cpuSystemNs?: number;
	readonly onlineCpus: number;
	/** Usage without the reclaimable page cache, by the rules of the docker CLI. */
	readonly memoryBytes: number;
	/** 0 = no limit known. */
	readonly memoryLimitBytes: number;
	readonly netReceivedBytes: number;
	readonly netSentBytes: number;
	readonly blockReadBytes: number;
	readonly blockWrittenBytes: number;
	readonly pids: number;
	/** Times that the group's processor quota was enforced; absent where nobody counts. */
	readonly throttling?: Throttling;
	/** CPU time of each core, where the source gives it: version 1 of control groups. */
	readonly coreNs?: readonly number[];
	/** Processes that the kernel has killed in it for want of memory. */
	readonly oomKills?: number;
	/** How often it has run against its memory limit. */
	readonly memoryLimitHits?: number;
};

/** How a processor quota was enforced since the container was started. */
export type Throttling = {
	/** Periods in which it wanted to run. */
	readonly periods: number;
	/** Those of them in which it used up its quota. */
	readonly throttledPeriods: number;
	readonly throttledNs: number;
};

/** What a pair of counters says. CPU: 100 = one core busy, as `docker stats` gives it. Rates: bytes per second. */
export type StatsSample = {
	readonly readAt: number;
	/** Since the reading that rates and percentages are about; 0 without a usable one. */
	readonly intervalMs: number;
	/** Absent until a second reading is there. */
	readonly cpuPercent?: number;
	readonly memoryBytes: number;
	readonly memoryLimitBytes: number;
	readonly netReceivedBytes: number;
	readonly netSentBytes: number;
	readonly blockReadBytes: number;
	readonly blockWrittenBytes: number;
	readonly netReceiveRate: number;
	readonly netSendRate: number;
	readonly blockReadRate: number;
	readonly blockWriteRate: number;
	readonly pids: number;
	readonly throttling?: Throttling;
	/** 0 to 100: of the periods since the reading before. */
	readonly throttledPercent?: number;
	/** 100 = the core was busy with this container alone. */
	readonly corePercents?: readonly number[];
	readonly oomKills?: number;
	readonly memoryLimitHits?: number;
};

/** One line of `GET /events`. */
export type EngineEvent = {
	/** `container`, `image`, `network`, `volume`, `daemon`, `builder` … as the engine spells it. */
	readonly type: string;
	/** The bare verb: `die`, `start`, `health_status`, `exec_create` … */
	readonly action: string;
	/** What follows the colon in an action that carries data, e.g. `unhealthy`. */
	readonly actionDetail?: string;
	readonly actorId: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly at: number;
	/** Nanoseconds since the epoch as decimal text; with type, action and actor it identifies the event. */
	readonly timeNano: string;
};

export type LogSource = 'stdout' | 'stderr' | 'engine';

/** One line of a container's log, or a piece of some 16 KB of a longer one. */
export type LogLine = {
	/** `note`: no word of the container, but ours about its log. */
	readonly source: LogSource | 'note';
	/** As the container wrote it, without the line end; may hold escape sequences. */
	readonly text: string;
	/** Nanosecond RFC3339 text as the engine stamped it; empty for a TTY piece without one. */
	readonly stamp: string;
	/** The line goes on in the next one of this source. */
	readonly isPiece: boolean;
};

/** A layer's way through a pull or push, in the engine's order. */
export type LayerPhase =
	| 'waiting'
	| 'downloading'
	| 'verifying'
	| 'downloaded'
	| 'extracting'
	| 'preparing'
	| 'pushing'
	| 'done'
	| 'exists';

/** One line of a pull's or push's progress stream, or how far a copy or a job is. */
export type TransferProgress =
	| {
			readonly kind: 'layer';
			readonly layerId: string;
			readonly phase: LayerPhase;
			/** The engine's word for it, e.g. `Mounted from library/alpine`. */
			readonly status: string;
			readonly currentBytes?: number;
			readonly totalBytes?: number;
	  }
	| {readonly kind: 'status'; readonly status: string}
	| {readonly kind: 'digest'; readonly digest: string}
	/** Of a copy, as a whole; the total is absent when nobody knows it. */
	| {
			readonly kind: 'bytes';
			readonly doneBytes: number;
			readonly totalBytes?: number;
			readonly fileCount: number;
	  }
	/** Something was left out, and why. */
	| {readonly kind: 'left-out'; readonly text: string}
	/** Of a job with images, as a whole; the total is absent when nobody knows it. */
	| {readonly kind: 'amount'; readonly doneBytes: number; readonly totalBytes?: number}
	/** Nothing moves that could be counted: what is waited for. */
	| {readonly kind: 'waiting'; readonly status: string}
	/** Images that came of it: their names, or ids of those without. */
	| {readonly kind: 'result'; readonly names: readonly string[]}
	| {readonly kind: 'build'; readonly event: BuildEvent};

export type EngineInfo = {
	/** `Docker` or `Podman`. */
	readonly product: string;
	/** The engine's version, e.g. `26.1.5`. */
	readonly version: string;
	/** Negotiated API version, e.g. `1.41`. */
	readonly apiVersion: string;
	/** `linux` or `windows`. */
	readonly osType: string;
	readonly name: string;
	readonly cpus: number;
	readonly memoryBytes: number;
	readonly storageDriver: string;
	/** As its kernel calls it: `x86_64`, `aarch64`; absent where it is not told. */
	readonly architecture?: string;
	readonly cgroupVersion: string;
	/** Hosts (`host:port`) and networks (CIDR) of registries that it reaches without a trusted certificate. */
	readonly insecureRegistries: readonly string[];
	readonly warnings: readonly string[];
};

export type PruneResult = {readonly removed: readonly string[]; readonly reclaimedBytes: number};

/** What `JSON.parse` gives. */
export type JsonValue =
	| null
	| boolean
	| number
	| string
	| readonly JsonValue[]
	| {readonly [key: string]: JsonValue};
