import type {RegistryAccess} from '../../source/registry/access-port.ts';
import type {RegistryClient} from '../../source/registry/client-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import {
	type Credentials,
	type Descriptor,
	type Manifest,
	RegistryError,
	type RegistryErrorKind,
	type RemoteConfig,
} from '../../source/registry/types.ts';

export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

export const descriptor = (digest: string, platform?: string): Descriptor => ({
	mediaType: 'application/vnd.oci.image.manifest.v1+json',
	digest,
	sizeBytes: 500,
	annotations: {},
	...(platform !== undefined && {platform}),
});

const head = {mediaType: 'application/vnd.oci.image.manifest.v1+json', sizeBytes: 500, annotations: {}};

export const imageManifest = (digest: string, config: string): Manifest => ({
	...head,
	kind: 'image',
	digest,
	config: descriptor(config),
	layers: [],
});

export const indexManifest = (digest: string, manifests: readonly Descriptor[]): Manifest => ({
	...head,
	kind: 'index',
	digest,
	manifests,
});

/** Registries in memory: what tags stand for, by `host/repository:tag`, and who may not be asked. */
export type ScriptedRegistries = {
	readonly open: () => Promise<RegistryAccess>;
	/** A digest; absent: no such tag. */
	readonly tags: Map<string, string>;
	/** By digest. */
	readonly manifests: Map<string, Manifest>;
	readonly configs: Map<string, RemoteConfig>;
	/** By host. */
	readonly failures: Map<
		string,
		{readonly kind: RegistryErrorKind; readonly message: string; readonly retryAfterMs?: number}
	>;
	readonly credentials: Map<string, Credentials>;
	/** `head host/repository:tag` and the like, as they were asked. */
	readonly asked: string[];
	/** Nothing is answered until this is let go. @returns how */
	readonly hold: () => () => void;
	readonly peak: () => number;
};

export const scriptRegistries = (): ScriptedRegistries => {
	const tags = new Map<string, string>();
	const manifests = new Map<string, Manifest>();
	const configs = new Map<string, RemoteConfig>();
	const failures: ScriptedRegistries['failures'] = new Map();
	const credentials = new Map<string, Credentials>();
	const asked: string[] = [];
	let gate: Promise<void> = Promise.resolve();
	let open = 0;
	let peak = 0;

	const clientOf = (host: string): RegistryClient => {
		const answer = async <T>(what: string, signal: AbortSignal, read: () => T): Promise<T> => {
			asked.push(what);
			open += 1;
			peak = Math.max(peak, open);
			try {
				const aborted = Promise.withResolvers<never>();
				signal.addEventListener('abort', () => {
					aborted.reject(new RegistryError('aborted', host, 'given up'));
				});
				await Promise.race([gate, aborted.promise]);
				const failure = failures.get(host);
				if (failure === undefined) return read();
				const {kind, message, retryAfterMs} = failure;
				throw new RegistryError(kind, host, message, retryAfterMs === undefined ? {} : {retryAfterMs});
			} finally {
				open -= 1;
			}
		};
		return {
			...noRegistries.client(host, {isInsecure: false}),
			head: (repository, reference, signal) =>
				answer(`head ${host}/${repository}:${reference}`, signal, () => {
					const digest = tags.get(`${host}/${repository}:${reference}`);
					return digest === undefined ? undefined : descriptor(digest);
				}),
			manifest: (repository, reference, signal) =>
				answer(`manifest ${host}/${repository}@${reference}`, signal, () => {
					const manifest = manifests.get(reference);
					if (manifest === undefined) throw new RegistryError('not-found', host, 'manifest unknown');
					return manifest;
				}),
			config: (repository, {digest}, signal) =>
				answer(`config ${host}/${repository}@${digest}`, signal, () => configs.get(digest)),
		};
	};

	return {
		open: async () => ({
			accounts: {...noRegistries.accounts, credentialsFor: async host => credentials.get(host)},
			client: clientOf,
		}),
		tags,
		manifests,
		configs,
		failures,
		credentials,
		asked,
		hold() {
			const held = Promise.withResolvers<void>();
			gate = held.promise;
			return held.resolve;
		},
		peak: () => peak,
	};
};
