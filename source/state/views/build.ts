import type {StepStatus} from '../../engine/build-types.ts';

/** One step of a build, as the screen shows it. */
export type BuildStep = {
	/** The builder's own name for it: unique in the build. */
	readonly id: string;
	/** The instruction, e.g. `RUN apt-get update`. */
	readonly title: string;
	/** From 1, of `count`; absent for what is no instruction. */
	readonly number?: number;
	readonly count?: number;
	/** The stage it belongs to, where the builder names it. */
	readonly stage?: string;
	readonly status: StepStatus;
	/** When the builder says it began; absent where it tells no times. */
	readonly startedAt?: number;
	/** When that was first heard: what runs is measured by this machine's clock. */
	readonly seenAt?: number;
	readonly endedAt?: number;
	/** What it printed, the last lines of it. */
	readonly lines: readonly string[];
	/** The line that has not ended yet. */
	readonly unfinished: string;
	/** How many lines there were. */
	readonly lineCount: number;
	/** UTF-16 units of the lines that are kept. */
	readonly size: number;
	readonly error?: string;
};

export type BuildProgress = {
	/** In the order in which they came. */
	readonly steps: readonly BuildStep[];
	/** Of the build context sent so far. */
	readonly contextBytes: number;
	readonly contextFiles: number;
	readonly isContextSent: boolean;
	readonly builder?: 'classic' | 'buildkit';
	/** What the builder said that belongs to no step, the last of it. */
	readonly notes: readonly string[];
	/** `sha256:…` once it is built; before that of the last stage that is. */
	readonly imageId?: string;
	/** What was opened or folded by hand, by step. */
	readonly folding: ReadonlyMap<string, boolean>;
};

/** What a form for a build was filled in with, by field. */
export type BuildForm = Readonly<Record<string, string>>;

export type BuildMessage =
	/** Folds the output of these steps, or opens it. */
	| {
			readonly type: 'build/folded';
			/** Of the transfer. */
			readonly id: string;
			readonly steps: readonly string[];
			readonly isFolded: boolean;
	  }
	/** The next form begins with this. */
	| {readonly type: 'build/remembered'; readonly form: BuildForm};
