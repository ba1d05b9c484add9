import type {Json} from '../http/read.ts';
import type {Program} from './program.ts';

export type ContainerStatus =
	| 'created'
	| 'running'
	| 'paused'
	| 'restarting'
	| 'removing'
	| 'exited'
	| 'dead';

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export type RestartPolicy = {
	readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure';
	/** Of `on-failure`; 0 is no limit. */
	readonly maximumRetryCount: number;
};

export type PublishedPort = {
	readonly containerPort: number;
	readonly protocol: string;
	/** Empty: every address. */
	readonly hostIp: string;
	readonly hostPort: number;
};

export type ContainerMount = {
	readonly type: 'bind' | 'volume' | 'tmpfs';
	/** Of a volume. */
	readonly name?: string;
	readonly source: string;
	readonly destination: string;
	readonly isReadOnly: boolean;
};

/** What a container was created with. */
export type ContainerSpec = {
	/** As it was named when the container was created. */
	readonly image: string;
	readonly imageId: string;
	/** Entrypoint and command together: what runs. */
	readonly argv: readonly string[];
	readonly command: readonly string[] | undefined;
	readonly entrypoint: readonly string[] | undefined;
	readonly environment: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly workingDirectory: string;
	readonly user: string;
	/** Empty: the short id. */
	readonly hostname: string;
	readonly isTty: boolean;
	readonly isStdinOpen: boolean;
	/** e.g. `80/tcp` */
	readonly exposedPorts: readonly string[];
	readonly ports: readonly PublishedPort[];
	readonly mounts: readonly ContainerMount[];
	readonly restart: RestartPolicy;
	readonly isAutoRemove: boolean;
	/** e.g. `bridge`, `shop_default`, `none` */
	readonly network: string;
	/** Other names in its network. */
	readonly aliases: readonly string[];
	/** 0: no limit. */
	readonly memoryBytes: number;
	/** Billionths of a CPU; 0: no limit. */
	readonly nanoCpus: number;
	/** What the client sent beyond that, kept for inspect. */
	readonly rawConfig?: Json;
	readonly rawHost?: Json;
	readonly program: Program;
};

export type ContainerHealth = {
	readonly status: HealthStatus;
	readonly failingStreak: number;
};

export type DemoContainer = {
	readonly id: string;
	/** Without the slash. */
	readonly name: string;
	readonly spec: ContainerSpec;
	/** Times are epoch milliseconds. */
	readonly createdAt: number;
	readonly status: ContainerStatus;
	/** 0 when it does not run; else beyond what a Linux kernel gives out (4,194,304). */
	readonly pid: number;
	readonly exitCode: number;
	readonly isOomKilled: boolean;
	readonly startedAt?: number;
	readonly finishedAt?: number;
	readonly pausedAt?: number;
	/** How long it was paused since it started. */
	readonly pausedMs: number;
	readonly restartCount: number;
	/** How often it has ended. */
	readonly exits: number;
	readonly health?: ContainerHealth;
	/** Its number in its network: the end of its addresses. */
	readonly address: number;
	/** The networks it is on; absent: the one that it was created with. */
	readonly attachments?: readonly Attachment[];
};

/** A container's place in a network. */
export type Attachment = {
	readonly network: string;
	readonly aliases: readonly string[];
	/** Asked for; empty: by its number. */
	readonly ipAddress: string;
};

export const attachmentsOf = ({attachments, spec}: DemoContainer): readonly Attachment[] =>
	attachments ?? [{network: spec.network, aliases: spec.aliases, ipAddress: ''}];

/** Has processes: running, or paused. */
export const isAlive = ({status}: DemoContainer): boolean => status === 'running' || status === 'paused';
