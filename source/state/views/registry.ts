import type {Account} from '../../registry/accounts-port.ts';
import type {
	Descriptor,
	Manifest,
	RegistryErrorKind,
	RegistryHost,
	RemoteConfig,
} from '../../registry/types.ts';

/** How deep the registry screen stands. Repositories are named without their host. */
export type RegistryPlace =
	/** All registries that are known. */
	| {readonly level: 'registries'}
	/** What one has. */
	| {readonly level: 'repositories'; readonly host: RegistryHost}
	| {readonly level: 'tags'; readonly host: RegistryHost; readonly repository: string}
	/** What a tag or a digest stands for. */
	| {
			readonly level: 'manifest';
			readonly host: RegistryHost;
			readonly repository: string;
			readonly reference: string;
			/** References of what one has come through, such as the index of a platform; the outermost first. */
			readonly parents?: readonly string[];
	  };

/** What each level was about when it was last seen; its list begins anew when it is about something else. */
export type LastPlace = {
	readonly host?: RegistryHost;
	/** With its host. */
	readonly repository?: string;
	/** With both. */
	readonly manifest?: string;
};

/** Why a registry did not answer as it should. */
export type RegistryFault = {
	/** `account`: the configuration or a credential helper of this machine cannot be used. */
	readonly kind: RegistryErrorKind | 'account';
	/** In the registry's words, with its host. */
	readonly message: string;
	/** What the user can do next. */
	readonly hint?: string;
	readonly at: number;
};

/** A list that a registry gives page by page. */
export type RegistryListKey =
	| {readonly kind: 'catalog'; readonly host: RegistryHost}
	| {readonly kind: 'tags'; readonly host: RegistryHost; readonly repository: string};

export type PagedList = {
	/** As the registry sorts them, each once. */
	readonly items: readonly string[];
	/** `ready` with a `next`: as many as are read without being asked for more. */
	readonly status: 'reading' | 'stopped' | 'ready' | 'failed';
	/** Another number with each wish to read. */
	readonly turn: number;
	/** Asks for the page after; absent: there is none, or nothing was read yet. */
	readonly next?: string;
	/** How many have come so far of those that will replace `items`. */
	readonly freshCount?: number;
	readonly fault?: RegistryFault;
	/** Epoch ms. */
	readonly readAt?: number;
};

/** What a tag stands for, as a HEAD tells it. `scan`: the count of looks, when it was asked for. */
export type TagHead =
	| {readonly status: 'known'; readonly digest: string; readonly mediaType: string; readonly scan: number}
	| {readonly status: 'missing'; readonly scan: number}
	| {readonly status: 'failed'; readonly fault: RegistryFault; readonly scan: number};

/** What a manifest's image is like. */
export type TagDetails =
	| {
			readonly status: 'known';
			/** Compressed, of the platform that fits this machine best. */
			readonly sizeBytes?: number;
			/** Epoch ms. */
			readonly createdAt?: number;
			/** `os/architecture[/variant]`, as many as there are. */
			readonly platforms: readonly string[];
	  }
	| {readonly status: 'failed'; readonly fault: RegistryFault};

/** A repository that was opened. */
export type RepositoryView = {
	readonly tags: PagedList;
	/** By tag. */
	readonly heads: ReadonlyMap<string, TagHead>;
	/** By digest. */
	readonly details: ReadonlyMap<string, TagDetails>;
	/** Why no more tags are looked at. */
	readonly lookFault?: RegistryFault;
	/** Counts the looks: what was told before the last of them is asked again where it is wanted. */
	readonly scans: number;
	/** All tags are wanted, on the screen or not: what may be deleted depends on them. */
	readonly isScanning: boolean;
};

/** What a tag or a digest stands for. */
export type ManifestView = {
	readonly status: 'reading' | 'ready' | 'failed';
	readonly turn: number;
	readonly manifest?: Manifest;
	/** Of an image. */
	readonly config?: RemoteConfig;
	/** Absent: not told yet. */
	readonly referrers?: readonly Descriptor[];
	readonly fault?: RegistryFault;
};

export type HostCheck =
	| {readonly status: 'ok'; readonly isEncrypted: boolean; readonly at: number}
	| {readonly status: 'failed'; readonly fault: RegistryFault};

export type AccountsView = {
	readonly status: 'asking' | 'known' | 'failed';
	readonly turn: number;
	readonly list: readonly Account[];
	readonly fault?: RegistryFault;
};

/** The registry screen: what was read stays while it is closed, and is read again when it is opened. */
export type RegistryView = {
	readonly isOpen: boolean;
	/** Where it stands, or stood when it was left. */
	readonly place: RegistryPlace;
	/** Counts the wishes to read something: each has a number of its own. */
	readonly turns: number;
	readonly accounts: AccountsView;
	/** Registries added by hand. */
	readonly added: readonly RegistryHost[];
	/** Those of earlier sessions are among them. */
	readonly isRemembered: boolean;
	readonly checks: ReadonlyMap<RegistryHost, HostCheck>;
	readonly catalogs: ReadonlyMap<RegistryHost, PagedList>;
	/** Repositories that were opened by their name, by host. */
	readonly named: ReadonlyMap<RegistryHost, readonly string[]>;
	/** By `repositoryKey`, those opened last at the end. */
	readonly repositories: ReadonlyMap<string, RepositoryView>;
	/** By `manifestKey`, likewise. */
	readonly manifests: ReadonlyMap<string, ManifestView>;
};

export const repositoryKey = (host: RegistryHost, repository: string): string => `${host}/${repository}`;

/** @param reference a tag or a digest */
export const manifestKey = (host: RegistryHost, repository: string, reference: string): string =>
	`${host}/${repository} ${reference}`;

export type RegistryFact =
	| {readonly type: 'registry/accounts-listed'; readonly accounts: readonly Account[]}
	| {readonly type: 'registry/accounts-failed'; readonly fault: RegistryFault}
	/** Registries that were added in earlier sessions. */
	| {readonly type: 'registry/remembered'; readonly hosts: readonly RegistryHost[]}
	| {readonly type: 'registry/checked'; readonly host: RegistryHost; readonly check: HostCheck}
	| {
			readonly type: 'registry/list-read';
			readonly of: RegistryListKey;
			readonly turn: number;
			readonly items: readonly string[];
			/** They replace what was there. */
			readonly isWhole: boolean;
			readonly next?: string;
			/** No more comes unless it is asked for. */
			readonly isDone: boolean;
			readonly at: number;
	  }
	| {
			readonly type: 'registry/list-counted';
			readonly of: RegistryListKey;
			readonly turn: number;
			readonly count: number;
	  }
	| {
			readonly type: 'registry/list-failed';
			readonly of: RegistryListKey;
			readonly turn: number;
			readonly fault: RegistryFault;
	  }
	| {
			readonly type: 'registry/heads-read';
			/** `repositoryKey`. */
			readonly key: string;
			/** By tag. */
			readonly heads: readonly (readonly [string, TagHead])[];
	  }
	/** Nothing more is asked about tags of the repository until it is wanted again. */
	| {readonly type: 'registry/look-failed'; readonly key: string; readonly fault: RegistryFault}
	| {
			readonly type: 'registry/details-read';
			readonly key: string;
			readonly digest: string;
			readonly details: TagDetails;
	  }
	| {
			readonly type: 'registry/manifest-read';
			readonly key: string;
			readonly turn: number;
			readonly manifest: Manifest;
			readonly config?: RemoteConfig;
	  }
	| {
			readonly type: 'registry/referrers-read';
			readonly key: string;
			readonly referrers: readonly Descriptor[];
	  }
	| {
			readonly type: 'registry/manifest-failed';
			readonly key: string;
			readonly turn: number;
			readonly fault: RegistryFault;
	  };

export type RegistryIntent =
	/** What is on the screen is read again. */
	| {readonly type: 'registry/reread'}
	/** Who is logged in where is asked again, and whether that is let in. */
	| {readonly type: 'registry/accounts-changed'}
	/** No more pages. */
	| {readonly type: 'registry/stopped'}
	/** The pages after those that were read. */
	| {readonly type: 'registry/continued'}
	| {readonly type: 'registry/host-added'; readonly host: RegistryHost}
	| {readonly type: 'registry/host-forgotten'; readonly host: RegistryHost}
	/** Every tag of the repository is to be looked at, now. `key`: `repositoryKey`. */
	| {readonly type: 'registry/scan-began'; readonly key: string}
	| {readonly type: 'registry/scan-ended'; readonly key: string};

export type RegistryMessage = RegistryFact | RegistryIntent;

/** What the screen needs. */
export type RegistryDemand = {
	/** Another number: the accounts are asked for again. */
	readonly accountsTurn: number;
	/** What is to be remembered of registries added by hand; absent until it is known. */
	readonly added?: readonly RegistryHost[];
	/** Registries of which nobody knows whether they answer. */
	readonly checks: readonly RegistryHost[];
	readonly listing?: {readonly of: RegistryListKey; readonly turn: number};
	/** Tags that are looked at, the most urgent first. */
	readonly heads?: {
		readonly host: RegistryHost;
		readonly repository: string;
		readonly tags: readonly string[];
		/** The look that they are asked for. */
		readonly scan: number;
	};
	/** Manifests whose images are looked at, by digest, the most urgent first. */
	readonly details?: {
		readonly host: RegistryHost;
		readonly repository: string;
		readonly digests: readonly string[];
	};
	readonly manifest?: {
		readonly host: RegistryHost;
		readonly repository: string;
		readonly reference: string;
		readonly turn: number;
	};
};
