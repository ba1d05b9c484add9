import type {RunSpec} from '../run-types.ts';
import type {ContainerId, ContainerState} from '../types.ts';

/** An object of the engine's JSON, its names as the Engine API spells them. */
export type ApiFields = Readonly<Record<string, unknown>>;

/**
 * What a container was asked to be: what `POST /containers/create` would be told, without what its image says and
 * without what the engine filled in. Kept in the API's spelling, so that a setting nobody knows here is not lost.
 */
export type Blueprint = {
	readonly id: ContainerId;
	readonly name: string;
	/** As it was named at creation. */
	readonly image: string;
	/** The image that it was made from. */
	readonly imageId: string;
	/** What the name means by now: another image, or none that is here. */
	readonly imageIs: 'same' | 'moved' | 'gone';
	readonly state: ContainerState;
	/** The body itself, without `Image`, `HostConfig` and `NetworkingConfig`. */
	readonly config: ApiFields;
	readonly host: ApiFields;
	/** The network that it is created in comes first. */
	readonly networks: readonly NetworkEnd[];
	/** Volumes that have no name of their own, by mount point. */
	readonly anonymousVolumes: readonly AnonymousVolume[];
	/** `linux/arm64`; absent when it is the engine's own. */
	readonly platform?: string;
};

/** A container's end of a network, as it was asked for (`EndpointSettings`). */
export type NetworkEnd = {readonly network: string; readonly settings: ApiFields};

export type AnonymousVolume = {
	readonly name: string;
	readonly target: string;
	readonly isReadOnly: boolean;
};

/** What an engine fills in by itself (`GET /info`). */
export type EngineDefaults = {
	readonly hostname: string;
	readonly logDriver: string;
	readonly runtime: string;
	readonly cgroupVersion: string;
	/** `linux/amd64` */
	readonly platform: string;
	readonly isPodman: boolean;
};

/** The command line that makes an equivalent container, and what it cannot say. */
export type RunLine = {readonly line: string; readonly unsaid: readonly string[]};

/** A blueprint in two: what the run form can say, and the rest of it. */
export type Likeness = {
	readonly spec: RunSpec;
	readonly rest: Blueprint;
	/** Variables whose names look secret: they stay in the rest and are not shown. */
	readonly hiddenVariables: readonly string[];
};
