/** PEM texts as they are in the files; each may be missing. */
export type TlsMaterial = {
	readonly ca?: string;
	readonly cert?: string;
	readonly key?: string;
	/** Check the engine's certificate. */
	readonly isVerified: boolean;
};

export type Target =
	| {readonly kind: 'unix'; readonly socketPath: string}
	| {
			readonly kind: 'tcp';
			/** A name or an address, IPv6 without brackets. */
			readonly host: string;
			readonly port: number;
			/** Path before the API's own, without a slash at the end; usually empty. */
			readonly basePath: string;
			readonly tls?: TlsMaterial;
	  };

/** One place where an engine may be. */
export type Endpoint = {
	/** What a person reads, e.g. `unix:///var/run/docker.sock`. */
	readonly address: string;
	/** Who named it: `flag -H`, `DOCKER_HOST`, `context "x"`, `default socket`, `rootless socket` … */
	readonly source: string;
	readonly target: Target;
	/** `DOCKER_API_VERSION`: use this one instead of negotiating, e.g. `1.41`. */
	readonly apiVersion?: string;
};

/** At least one place, in the order in which they are tried. */
export type Candidates = readonly [Endpoint, ...Endpoint[]];

/** A place somebody named is used or fails; when nobody named one, the first that answers is used. */
export type EndpointChoice = {readonly isNamed: boolean; readonly candidates: Candidates};

/**
 * - `usage`: a value that breaks a rule (exit code 2)
 * - `missing`: a context, a certificate or a configuration that is not there or cannot be read
 * - `unsupported`: a transport that Gantry does not speak
 */
export type EndpointErrorKind = 'usage' | 'missing' | 'unsupported';

/** Why no endpoint came out; the message names the value and the rule. */
export class EndpointError extends Error {
	override readonly name = 'EndpointError';

	constructor(
		readonly kind: EndpointErrorKind,
		message: string,
	) {
		super(message);
	}
}
