import type {Credentials, RegistryHost} from '../registry/types.ts';

/** What the engine is given for a registry that it talks to on our behalf. */
export type RegistryAuth = {readonly host: RegistryHost; readonly credentials: Credentials};

/** What the engine says of a login. */
export type LoginAnswer = {
	/** In the engine's words: `Login Succeeded`. */
	readonly status: string;
	/** To be kept in place of the password, where the registry gives one out. */
	readonly identityToken?: string;
};

/** A repository that a search has found. */
export type SearchResult = {
	readonly name: string;
	readonly description: string;
	readonly stars: number;
	readonly isOfficial: boolean;
};

export type SearchOptions = {
	/** At most 100. */
	readonly limit: number;
	readonly isOfficialOnly?: boolean;
	readonly minStars?: number;
};

/** What a name stands for in its registry, as the engine sees it. */
export type RemoteImage = {
	readonly digest: string;
	readonly mediaType: string;
	readonly sizeBytes: number;
	/** `os/architecture[/variant]`. */
	readonly platforms: readonly string[];
};
