import type {Credentials, RegistryHost} from './types.ts';

/** Where the credentials of a registry are, or would be, kept. */
export type CredentialStore =
	/** A credential helper, `docker-credential-<name>`. */
	| {readonly kind: 'helper'; readonly name: string}
	/** In the configuration file, readable for everybody who can read that. */
	| {readonly kind: 'file'; readonly path: string}
	/** In a variable of the environment, where Gantry can neither put nor remove any. */
	| {readonly kind: 'environment'; readonly variable: string}
	/** Nowhere: it is forgotten when Gantry ends. */
	| {readonly kind: 'memory'};

/** A registry that somebody is logged in to. */
export type Account = {
	readonly host: RegistryHost;
	/** Absent where only a token is kept, or a helper does not tell. */
	readonly username?: string;
	readonly store: CredentialStore;
};

/** Credentials with the name that they belong to, where it is known. */
export type Login = {readonly username?: string; readonly credentials: Credentials};

/**
 * The accounts that the docker client keeps, in its own places: `config.json`, credential helpers. Rejects with an
 * `AccountError` that names the file or helper.
 */
export type Accounts = {
	/** `undefined`: nobody is logged in there. */
	readonly credentialsFor: (host: RegistryHost, signal: AbortSignal) => Promise<Credentials | undefined>;
	/** Without any secret. */
	readonly list: (signal: AbortSignal) => Promise<readonly Account[]>;
	readonly storeFor: (host: RegistryHost) => Promise<CredentialStore>;
	/** @returns where it was put */
	readonly store: (host: RegistryHost, login: Login, signal: AbortSignal) => Promise<CredentialStore>;
	/** @returns whether there was something to forget */
	readonly erase: (host: RegistryHost, signal: AbortSignal) => Promise<boolean>;
};

/** The configuration file or a credential helper of this machine cannot be used. */
export class AccountError extends Error {
	override readonly name = 'AccountError';
}

/** A registry by its host, as credentials are kept: Docker Hub's key in the file is `https://index.docker.io/v1/`. */
export const hubHost: RegistryHost = 'docker.io';
