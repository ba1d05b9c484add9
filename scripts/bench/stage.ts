import type {EngineApi} from './engine-api.ts';

/** An engine with containers, to measure on. */
export type Stage = {
	/** As `DOCKER_HOST` wants it. */
	readonly host: string;
	readonly api: EngineApi;
	/** Running containers at the top of a list by name; busy ones. */
	readonly firstNames: readonly string[];
	/** Process ids of all that the engine consists of, as of now. */
	readonly engineProcesses: () => readonly number[];
};
