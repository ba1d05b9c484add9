import type {Descriptor, Manifest, Page, RateLimit, RegistryHost, RemoteConfig} from './types.ts';

/**
 * One registry, by the OCI distribution specification. Every call rejects with a `RegistryError` (an
 * `AccountError`, where the registry wants to know who asks and that cannot be read); none retries by itself, but to
 * log in when the registry asks for it. Names of repositories are without the host.
 */
export type RegistryClient = {
	readonly host: RegistryHost;
	/** `GET /v2/`: is it a registry, and does it let us in? @returns how it was reached */
	readonly ping: (signal: AbortSignal) => Promise<{readonly isEncrypted: boolean}>;
	/** `GET /v2/_catalog`, sorted as the registry does. @param next of the page before */
	readonly repositories: (signal: AbortSignal, next?: string) => Promise<Page<string>>;
	/** `GET /v2/<name>/tags/list`, in the registry's order, which is none. */
	readonly tags: (repository: string, signal: AbortSignal, next?: string) => Promise<Page<string>>;
	/** `HEAD /v2/<name>/manifests/<reference>`; `undefined` when there is no such tag. */
	readonly head: (
		repository: string,
		reference: string,
		signal: AbortSignal,
	) => Promise<Descriptor | undefined>;
	/** `GET /v2/<name>/manifests/<reference>`; its digest is checked against its bytes. */
	readonly manifest: (repository: string, reference: string, signal: AbortSignal) => Promise<Manifest>;
	/** The configuration that an image's manifest names; `undefined` for one that is no image's. */
	readonly config: (
		repository: string,
		descriptor: Descriptor,
		signal: AbortSignal,
	) => Promise<RemoteConfig | undefined>;
	/** `GET /v2/<name>/referrers/<digest>`, or the tag that stands in for it; empty where the registry has neither. */
	readonly referrers: (
		repository: string,
		digest: string,
		signal: AbortSignal,
	) => Promise<readonly Descriptor[]>;
	/** `DELETE /v2/<name>/manifests/<digest>`: every tag that stands for it goes too. */
	readonly deleteManifest: (repository: string, digest: string, signal: AbortSignal) => Promise<void>;
	/** What the registry said last of how much it still allows; `undefined` where it has no limit, or said nothing yet. */
	readonly rateLimit?: () => RateLimit | undefined;
};
