/** Who asks a registry. Never printed, never kept in the state, never on a command line. */
export type Credentials =
	| {readonly kind: 'password'; readonly username: string; readonly password: string}
	/** An OAuth2 refresh token that a registry gave out at a login. */
	| {readonly kind: 'identity-token'; readonly token: string};

/**
 * A registry by its host, with its port where that is not the default one: `registry.example.com:5000`.
 * Docker Hub is `docker.io`.
 */
export type RegistryHost = string;

/** What a manifest, or an index, names: a manifest, a configuration or a layer. OCI image-spec, descriptor. */
export type Descriptor = {
	readonly mediaType: string;
	/** `sha256:…` of exactly the bytes that it names. */
	readonly digest: string;
	readonly sizeBytes: number;
	/** Of a manifest in an index: `os/architecture[/variant]`; absent where it is for none, e.g. an attestation. */
	readonly platform?: string;
	readonly artifactType?: string;
	readonly annotations: Readonly<Record<string, string>>;
};

/** What a tag or a digest stands for. */
export type Manifest = {
	/** Of the manifest's own bytes. */
	readonly digest: string;
	readonly mediaType: string;
	/** Of the manifest's own bytes. */
	readonly sizeBytes: number;
	readonly annotations: Readonly<Record<string, string>>;
	readonly artifactType?: string;
	/** Another manifest that this one tells of (a signature, an attestation …). */
	readonly subject?: Descriptor;
} & (
	| {readonly kind: 'index'; readonly manifests: readonly Descriptor[]}
	| {readonly kind: 'image'; readonly config: Descriptor; readonly layers: readonly Descriptor[]}
);

/** What an image's configuration tells of it. */
export type RemoteConfig = {
	/** `os/architecture[/variant]`. */
	readonly platform?: string;
	/** Epoch ms. */
	readonly createdAt?: number;
	readonly labels: Readonly<Record<string, string>>;
	/** The instruction behind each layer, the lowest first; empty layers left out. */
	readonly instructions: readonly string[];
};

/** Part of a list that a registry gives page by page; `next` asks for the one after. */
export type Page<Item> = {readonly items: readonly Item[]; readonly next?: string};

/** How much a registry lets one ask for. Docker Hub tells it with every manifest. */
export type RateLimit = {
	readonly limit: number;
	readonly remaining: number;
	readonly windowSeconds: number;
};

/** How the registry at a host is reached. */
export type RegistrySecurity = {
	/** The engine counts it as insecure (or it is a loopback): no certificate is checked, and HTTP is tried where HTTPS fails. */
	readonly isInsecure: boolean;
};

/**
 * - `unauthorised`: the registry asks for credentials, or those it got are wrong or have run out
 * - `denied`: whoever asks may not do that (also: a quota is used up)
 * - `not-found`: no such repository, tag or manifest
 * - `rate-limited`: too many requests; `retryAfterMs` where the registry said it
 * - `unavailable`: the registry answered 5xx
 * - `unsupported`: the registry does not offer this (no catalog, no deletion …)
 * - `tls`: its certificate is not trusted
 * - `unreachable`: no connection, or it broke
 * - `protocol`: what came is no answer of a registry
 * - `aborted`: we gave up
 */
export type RegistryErrorKind =
	| 'unauthorised'
	| 'denied'
	| 'not-found'
	| 'rate-limited'
	| 'unavailable'
	| 'unsupported'
	| 'tls'
	| 'unreachable'
	| 'protocol'
	| 'aborted';

/** A registry refused, or could not be asked. The message names the host and has the registry's own words. */
export class RegistryError extends Error {
	override readonly name = 'RegistryError';

	constructor(
		readonly kind: RegistryErrorKind,
		readonly host: RegistryHost,
		message: string,
		readonly facts: {
			/** As the registry names it: `MANIFEST_UNKNOWN`. */
			readonly code?: string;
			/** HTTP status. */
			readonly status?: number;
			/** Of `Retry-After`. */
			readonly retryAfterMs?: number;
			/** What the user can do next. */
			readonly hint?: string;
			readonly cause?: unknown;
		} = {},
	) {
		super(message, {cause: facts.cause});
	}
}
