import type {ContainerId} from '../../engine/types.ts';
import type {RegistryHost} from '../../registry/types.ts';

/** What a registry says a tag stands for. */
export type RemoteTag = {
	readonly digest: string;
	/** Manifests that it lists, when it is an index and was looked into. */
	readonly listed: readonly string[];
	/** Ids of the image that it is for the platform of the one here; none while it was not looked into. */
	readonly imageIds: readonly string[];
	/** What a person should know who pulls it: a sentence. */
	readonly note?: string;
	/** The engine asked for us: this machine cannot reach the registry. */
	readonly isByEngine: boolean;
};

/**
 * Why a registry did not say it.
 * - `login`: it wants credentials, or others
 * - `denied`: whoever asks may not see it
 * - `limited`: it wants to be left alone, until `until` (epoch ms) where it said so
 */
export type CheckFailure = {
	readonly reason: 'login' | 'denied' | 'limited' | 'unknown';
	readonly host: RegistryHost;
	readonly message: string;
	readonly until?: number;
};

/** What was found out of a tag. */
export type TagCheck =
	| {readonly status: 'found'; readonly tag: RemoteTag}
	| {readonly status: 'no-tag'; readonly host: RegistryHost}
	| ({readonly status: 'failed'} & CheckFailure);

/** Containers whose image's tag stands for another image by now. What was found out outlives the screen. */
export type OutdatedView = {
	/** Counts the wishes to ask. */
	readonly turn: number;
	/** When it was asked for last, epoch ms. */
	readonly askedAt: number;
	/** Not only what runs. */
	readonly isAll: boolean;
	/** By the whole name of the tag. */
	readonly checks: ReadonlyMap<string, TagCheck>;
	/** What containers were made from that the list calls by an id. */
	readonly names: ReadonlyMap<ContainerId, string>;
	/** When images of registries were made, epoch ms, by the digest of the tag; 0 where nobody says. */
	readonly createdAt: ReadonlyMap<string, number>;
};

export type OutdatedFact =
	| {
			readonly type: 'outdated/checked';
			readonly turn: number;
			readonly reference: string;
			readonly check: TagCheck;
	  }
	| {readonly type: 'outdated/named'; readonly containerId: ContainerId; readonly image: string}
	| {readonly type: 'outdated/dated'; readonly digest: string; readonly createdAt: number};

export type OutdatedIntent =
	| {readonly type: 'outdated/reread'; readonly at: number}
	| {readonly type: 'outdated/all-toggled'};

export type OutdatedMessage = OutdatedFact | OutdatedIntent;

/** A tag that is asked for, with the images here that it is compared with. */
export type WantedTag = {
	/** The whole name, `docker.io/library/nginx:1.27`. */
	readonly reference: string;
	readonly imageIds: readonly string[];
	readonly digests: readonly string[];
};

export type OutdatedDemand = {
	readonly turn: number;
	readonly tags: readonly WantedTag[];
	/** Of these nobody knows what they were made from. */
	readonly unnamed: readonly ContainerId[];
	/** The tag whose image's age is looked at. */
	readonly dated?: {readonly reference: string; readonly digest: string};
};
