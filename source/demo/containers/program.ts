import type {OutputName} from '../http/frames.ts';

/** What a container's first process does: simulated, nothing is really run. */
export type Program = ServiceProgram | CommandProgram;

/** Run by the little shell. */
export type CommandProgram = {readonly kind: 'command'; readonly argv: readonly string[]};

/** Behaviour as functions of time alone: a service that nobody looks at costs nothing. */
export type ServiceProgram = {
	readonly kind: 'service';
	readonly load: Load;
	/** Lines of `ps`, the first is process 1. */
	readonly processes: readonly string[];
	/** Written at the start, a line every 40 ms. */
	readonly greeting: readonly string[];
	readonly chatter?: Chatter;
	/** It ends by itself. */
	readonly exit?: {readonly afterMs: number; readonly code: number; readonly isOom?: boolean};
	/** What it does on SIGTERM. */
	readonly termination: {readonly afterMs: number; readonly code: number};
	/** Of a container with a health check: what it comes to, a while after the start. */
	readonly health?: {readonly status: 'healthy' | 'unhealthy'; readonly afterMs: number};
};

export type Chatter = {
	/** Between two lines, on average. */
	readonly everyMs: number;
	readonly line: (facts: ChatterFacts) => string | {readonly stream: OutputName; readonly text: string};
};

export type ChatterFacts = {
	/** Counts the lines of this run. */
	readonly index: number;
	/** When the line is written, epoch milliseconds. */
	readonly at: number;
	/** In [0, 1), several for one line: the same for the same line and number. */
	readonly chance: (which: number) => number;
};

/** What statistics are made from. */
export type Load = {
	/** Of one CPU: 100 is one. */
	readonly cpuPercent: number;
	/** How far it swings, 0 to 0.95 of the average. */
	readonly swing: number;
	readonly memoryBytes: number;
	/** Grows by this per second, up to the limit. */
	readonly leakBytesPerSecond: number;
	readonly receivedPerSecond: number;
	readonly sentPerSecond: number;
	readonly readPerSecond: number;
	readonly writtenPerSecond: number;
	readonly pids: number;
};

/** Of what the little shell runs. */
const commandLoad: Load = {
	cpuPercent: 0.2,
	swing: 0.5,
	memoryBytes: 1_200_000,
	leakBytesPerSecond: 0,
	receivedPerSecond: 12,
	sentPerSecond: 0,
	readPerSecond: 0,
	writtenPerSecond: 0,
	pids: 1,
};

export const loadOf = (program: Program): Load => (program.kind === 'service' ? program.load : commandLoad);
