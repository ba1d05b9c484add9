import {createHash} from 'node:crypto';
import type {RegistryAccess} from '../../source/registry/access-port.ts';
import type {Account} from '../../source/registry/accounts-port.ts';
import type {RegistryClient} from '../../source/registry/client-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import {type Descriptor, type Manifest, type Page, RegistryError} from '../../source/registry/types.ts';

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

const descriptor = (digest: string, facts: Partial<Descriptor> = {}): Descriptor => ({
	mediaType: manifestType,
	digest,
	sizeBytes: 500,
	annotations: {},
	...facts,
});

/** An image of one layer; another seed, another digest. */
export const imageManifest = (seed: string): Manifest => ({
	kind: 'image',
	digest: digestOf(seed),
	mediaType: manifestType,
	sizeBytes: 500,
	annotations: {},
	config: descriptor(digestOf(`config ${seed}`), {mediaType: 'application/vnd.oci.image.config.v1+json'}),
	layers: [descriptor(digestOf(`layer ${seed}`), {mediaType: 'layer', sizeBytes: 1_000_000})],
});

/** An index of images, by platform, and of an attestation for the first of them. */
export const indexManifest = (images: Readonly<Record<string, Manifest>>): Manifest => {
	const platforms = Object.entries(images);
	const [first] = platforms;
	const attestation = descriptor(digestOf(`attestation ${first?.[1].digest ?? ''}`), {
		annotations: {
			'vnd.docker.reference.type': 'attestation-manifest',
			'vnd.docker.reference.digest': first?.[1].digest ?? '',
		},
	});
	return {
		kind: 'index',
		digest: digestOf(platforms.map(([platform, {digest}]) => platform + digest).join(' ')),
		mediaType: indexType,
		sizeBytes: 900,
		annotations: {},
		manifests: [
			...platforms.map(([platform, {digest}]) => descriptor(digest, {platform})),
			...(first === undefined ? [] : [attestation]),
		],
	};
};

type Method = Exclude<keyof RegistryClient, 'host' | 'rateLimit'>;

/** A registry in memory. */
export type FakeRegistry = {
	readonly client: RegistryClient;
	/** Manifests by tag, by repository. */
	readonly repositories: Map<string, Map<string, Manifest>>;
	/** Manifests that no tag stands for. */
	readonly untagged: Map<string, Manifest>;
	/** Entries of a page. */
	pageSize: number;
	/** What a method rejects with; those that name a repository by `method repository` too. */
	readonly faults: Map<string, RegistryError>;
	/** Methods that do not answer before they are taken out, or given up. */
	readonly held: Set<Method>;
	/** Every call so far, as `method what`. */
	readonly calls: string[];
	/** Calls under way. */
	readonly open: () => number;
	/** As many as there ever were at once. */
	readonly most: () => number;
	readonly aborted: () => number;
	/** Puts a manifest under a tag. */
	readonly put: (repository: string, tag: string, manifest?: Manifest) => Manifest;
};

export const createFakeRegistry = (host: string): FakeRegistry => {
	const repositories = new Map<string, Map<string, Manifest>>();
	const untagged = new Map<string, Manifest>();
	const faults = new Map<string, RegistryError>();
	const held = new Set<Method>();
	const calls: string[] = [];
	let [open, most, aborted] = [0, 0, 0];

	const call = async <Value>(
		method: Method,
		what: string,
		signal: AbortSignal,
		answer: () => Value,
	): Promise<Value> => {
		calls.push(`${method} ${what}`.trim());
		open += 1;
		most = Math.max(most, open);
		try {
			do {
				await new Promise(resolve => setImmediate(resolve));
				if (signal.aborted) {
					aborted += 1;
					throw new RegistryError('aborted', host, 'given up');
				}
			} while (held.has(method));
			const fault = faults.get(`${method} ${what.split(' ')[0] ?? ''}`.trim()) ?? faults.get(method);
			if (fault !== undefined) throw fault;
			return answer();
		} finally {
			open -= 1;
		}
	};

	const paged = (items: readonly string[], next = '0'): Page<string> => {
		const end = Number(next) + registry.pageSize;
		const more = end < items.length ? {next: String(end)} : {};
		return {items: items.slice(Number(next), end), ...more};
	};

	const known = (repository: string): ReadonlyMap<string, Manifest> => {
		const found = repositories.get(repository);
		if (found === undefined)
			throw new RegistryError(
				'not-found',
				host,
				`${host}/${repository}: NAME_UNKNOWN: repository name not known`,
			);
		return found;
	};

	const find = (repository: string, reference: string): Manifest | undefined =>
		known(repository).get(reference) ??
		untagged.get(reference) ??
		[...known(repository).values()].find(({digest}) => digest === reference);

	const registry: FakeRegistry = {
		repositories,
		untagged,
		pageSize: 1000,
		faults,
		held,
		calls,
		open: () => open,
		most: () => most,
		aborted: () => aborted,
		put(repository, tag, manifest = imageManifest(`${repository}:${tag}`)) {
			const tags = repositories.get(repository) ?? new Map<string, Manifest>();
			repositories.set(repository, tags.set(tag, manifest));
			return manifest;
		},
		client: {
			host,
			ping: signal => call('ping', '', signal, () => ({isEncrypted: true})),
			repositories: (signal, next) =>
				call('repositories', next ?? '', signal, () => paged([...repositories.keys()].toSorted(), next)),
			tags: (repository, signal, next) =>
				call('tags', `${repository} ${next ?? ''}`.trim(), signal, () =>
					paged([...known(repository).keys()], next),
				),
			head: (repository, reference, signal) =>
				call('head', `${repository} ${reference}`, signal, () => {
					const found = find(repository, reference);
					return found && descriptor(found.digest, {mediaType: found.mediaType});
				}),
			manifest: (repository, reference, signal) =>
				call('manifest', `${repository} ${reference}`, signal, () => {
					const found = find(repository, reference);
					if (found === undefined)
						throw new RegistryError('not-found', host, 'MANIFEST_UNKNOWN: manifest unknown');
					return found;
				}),
			config: (repository, {digest}, signal) =>
				call('config', `${repository} ${digest}`, signal, () => ({
					platform: 'linux/amd64',
					createdAt: Date.UTC(2025, 0, 1),
					labels: {vendor: 'test'},
					instructions: ['RUN make'],
				})),
			referrers: (repository, digest, signal) =>
				call('referrers', `${repository} ${digest}`, signal, () => []),
			deleteManifest: (repository, digest, signal) =>
				call('deleteManifest', `${repository} ${digest}`, signal, () => {
					for (const [tag, manifest] of known(repository))
						if (manifest.digest === digest) repositories.get(repository)?.delete(tag);
				}),
		},
	};
	return registry;
};

/** What of this machine these registries are asked with; any other host is not there. */
export const fakeAccess = (
	registries: readonly FakeRegistry[],
	accounts: readonly Account[] = [],
): RegistryAccess => ({
	accounts: {...noRegistries.accounts, list: async () => accounts},
	client: (host, security) =>
		registries.find(({client}) => client.host === host)?.client ?? noRegistries.client(host, security),
});
