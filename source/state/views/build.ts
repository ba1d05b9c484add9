/** One step of a build, as the screen shows it. */
export type BuildStep = {
	/** The builder's own name for it: unique in the build. */
	readonly id: string;
	/** The instruction, e.g. `RUN apt-get update`. */
	readonly title: string;
	readonly status: 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';
	readonly startedAt?: number;
	readonly endedAt?: number;
	/** What it printed, the last lines of it, and how many lines there were. */
	readonly lines: readonly string[];
	readonly lineCount: number;
	readonly error?: string;
};

export type BuildProgress = {
	/** In the order in which they came. */
	readonly steps: readonly BuildStep[];
	/** Of the build context sent so far. */
	readonly contextBytes: number;
	/** `sha256:…` once it is built. */
	readonly imageId?: string;
};

export type BuildMessage =
	/** Folds the output of these steps, or opens it. */
	{readonly type: 'build/folded'; readonly ids: readonly string[]; readonly isFolded: boolean};
