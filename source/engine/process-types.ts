/** A process of a container, as the `ps` of the engine's host tells it: what it does not tell is absent. */
export type ContainerProcess = {
	/** In the engine's host, not in the container; Podman tells the container's own. */
	readonly pid: number;
	readonly parentPid?: number;
	/** A name of the engine's host, or a number. */
	readonly user: string;
	/** Share of one core over its whole life, as `ps` gives it. */
	readonly cpuPercent?: number;
	readonly memoryPercent?: number;
	readonly rssBytes?: number;
	/** Codes of `ps`, e.g. `Ss`; empty when not told. */
	readonly state: string;
	/** CPU time it has used, in whole seconds. */
	readonly cpuSeconds?: number;
	readonly elapsedSeconds?: number;
	/** When it began, as text, where `elapsedSeconds` is not told: `06:52`, `Nov21`. */
	readonly startText?: string;
	/** With its arguments. */
	readonly command: string;
};

export type ChangeKind = 'modified' | 'added' | 'deleted';

/** One path in which a container differs from its image. */
export type Change = {readonly path: string; readonly kind: ChangeKind};

export type ContainerChanges = {
	/** In the engine's order; of an added or changed path its folders too. */
	readonly changes: readonly Change[];
	/** Where something is mounted: made for that, and what is below is not the container's. */
	readonly mountPoints: readonly string[];
};
