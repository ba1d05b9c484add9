import type {RegistryAuth} from './registry-types.ts';

export type StepStatus = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';

/** What a builder tells while it builds, whichever it is. */
export type BuildEvent =
	/** Who builds, and why it is not who was asked for. */
	| {readonly type: 'builder'; readonly name: 'classic' | 'buildkit'; readonly reason?: string}
	/** Of the context sent so far. */
	| {readonly type: 'context'; readonly bytes: number; readonly fileCount: number}
	/** The whole context was sent. */
	| {readonly type: 'context-sent'}
	/** A step began or went on; told again whenever one of these changes. */
	| {
			readonly type: 'step';
			/** The builder's own name for it: unique in the build. */
			readonly id: string;
			/** The instruction, e.g. `RUN make`. */
			readonly title: string;
			/** From 1, of `count`; of BuildKit within its stage, absent for what is no instruction. */
			readonly number?: number;
			readonly count?: number;
			/** The stage that BuildKit names. */
			readonly stage?: string;
			readonly status: StepStatus;
			/** Epoch ms by the engine's clock; absent where the builder tells no times. */
			readonly startedAt?: number;
			readonly endedAt?: number;
			readonly error?: string;
	  }
	/** A step printed these whole lines, and so far this much of the next one. */
	| {
			readonly type: 'output';
			readonly id: string;
			readonly lines: readonly string[];
			readonly unfinished: string;
	  }
	/** What is worth knowing and belongs to no step. */
	| {readonly type: 'note'; readonly text: string}
	/** `sha256:…` */
	| {readonly type: 'image'; readonly imageId: string}
	| {readonly type: 'tagged'; readonly name: string};

/** What is asked of `POST /build`. */
export type BuildOptions = {
	/** Path of the Dockerfile in the context. */
	readonly dockerfile: string;
	readonly tags: readonly string[];
	/** `null`: named without a value, and this machine has none. */
	readonly args: Readonly<Record<string, string | null>>;
	readonly labels: Readonly<Record<string, string>>;
	/** Empty: the last stage. */
	readonly target: string;
	readonly platform?: string;
	readonly isCacheless: boolean;
	readonly isPulling: boolean;
	readonly builder: 'auto' | 'classic' | 'buildkit';
	/** Absent: registries are asked as anybody. */
	readonly accounts?: BuildAccounts;
};

/** Who the registries of base images are asked as. */
export type BuildAccounts = {
	/** The classic builder does not say which it needs: it is given all. */
	readonly all: (signal: AbortSignal) => Promise<readonly RegistryAuth[]>;
	/** BuildKit asks for one at a time, by a host as it knows it. */
	readonly find: (host: string, signal: AbortSignal) => Promise<RegistryAuth | undefined>;
};
