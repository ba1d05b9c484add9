import {ArchiveError} from '../types.ts';
import {quoted} from './archive-text.ts';
import type {Candidate} from './candidate.ts';
import {decodeImageConfig} from './config.ts';
import type {LayerBlob} from './contract.ts';
import {type ImageFiles, jsonFile, neededJson} from './image-files.ts';
import {hasLayers, platformOf} from './image-layers.ts';
import {isObject, type JsonObject, listOf, objectOf, textOf, textsOf} from './json.ts';

/** Where a blob of a digest lies. @throws ArchiveError for what is no digest */
export type BlobPath = (digest: string) => string;

/** In an OCI layout (image-spec `image-layout.md`). */
export const layoutPath: BlobPath = digest => `blobs/${checkedDigest(digest).replace(':', '/')}`;

/** Where `skopeo copy … dir:` puts it. */
export const bareName: BlobPath = digest => checkedDigest(digest).slice(digest.indexOf(':') + 1);

const checkedDigest = (digest: string): string => {
	if (/^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-zA-Z=_-]+$/.test(digest)) return digest;
	throw new ArchiveError('damaged', `a manifest names a blob by ${quoted(digest)}, which is no digest`);
};

type Place = {
	readonly files: ImageFiles;
	readonly blobPath: BlobPath;
};

/** What is known of a manifest from where it is named. */
type Naming = {
	readonly references: readonly string[];
	/** Of the indexes that lead to it. */
	readonly digests: readonly string[];
	readonly platform: string;
};

/** An index in an index in an index … is somebody's joke. */
const maxDepth = 8;
const maxManifests = 10_000;

const imageConfigs = [
	'application/vnd.oci.image.config.v1+json',
	'application/vnd.docker.container.image.v1+json',
];

/**
 * The images to which an index leads, through indexes in it (OCI image-spec `image-index.md`; Docker's manifest
 * lists). Attestations are none.
 * @throws ArchiveError
 */
export const indexCandidates = async (index: unknown, place: Place): Promise<readonly Candidate[]> => {
	const found = new Map<string, Candidate>();

	const add = (made: Candidate): void => {
		const known = found.get(made.configDigest);
		const references = [...new Set([...(known?.references ?? []), ...made.references])];
		const digests = [...new Set([...(known?.digests ?? []), ...made.digests])];
		found.set(made.configDigest, {
			...(known ?? made),
			references,
			digests,
			load: async () => {
				const image = await (known ?? made).load();
				return {...image, identity: {...image.identity, references}};
			},
		});
	};

	const visit = async (descriptor: JsonObject, naming: Naming, depth: number): Promise<void> => {
		if (isAttestation(descriptor)) return;
		if (depth > maxDepth || found.size > maxManifests)
			throw new ArchiveError('unsupported', 'index.json: it leads to too many indexes');
		const digest = textOf(descriptor.digest);
		const path = place.blobPath(digest);
		const own = {
			references: [...naming.references, ...referencesOf(descriptor)],
			digests: [...naming.digests, digest],
			platform: descriptorPlatform(descriptor) || naming.platform,
		};
		const json = await jsonFile(place.files, path, digest);
		if (json === undefined) {
			add(unusable(digest, own, new ArchiveError('missing', `${path}, a manifest, is missing`)));
			return;
		}
		const content = objectOf(json.value);
		if (Array.isArray(content.manifests)) await visitAll(content, own, depth + 1);
		else if (isImage(content)) add(await manifestCandidate(content, path, own, place));
		else add(unusable(digest, own, unsupported(path, content, descriptor)));
	};

	const visitAll = async (content: JsonObject, naming: Naming, depth: number): Promise<void> => {
		for (const descriptor of listOf(content.manifests).filter(isObject))
			await visit(descriptor, naming, depth);
	};

	await visitAll(objectOf(index), {references: [], digests: [], platform: ''}, 0);
	return [...found.values()];
};

const isAttestation = (descriptor: JsonObject): boolean => {
	const {os, architecture} = objectOf(descriptor.platform);
	const type = objectOf(descriptor.annotations)['vnd.docker.reference.type'];
	return type === 'attestation-manifest' || (os === 'unknown' && architecture === 'unknown');
};

const referencesOf = (descriptor: JsonObject): readonly string[] => {
	const annotations = objectOf(descriptor.annotations);
	const name =
		textOf(annotations['io.containerd.image.name']) ||
		textOf(annotations['org.opencontainers.image.ref.name']);
	return name === '' ? [] : [name];
};

const descriptorPlatform = (descriptor: JsonObject): string => {
	const {os, architecture, variant} = objectOf(descriptor.platform);
	return [os, architecture, variant]
		.map(textOf)
		.filter(part => part !== '')
		.join('/');
};

/** Other things are kept as manifests too: signatures, charts, lists of what is in an image. */
const isImage = (manifest: JsonObject): boolean =>
	Array.isArray(manifest.layers) && imageConfigs.includes(textOf(objectOf(manifest.config).mediaType));

const unsupported = (path: string, content: JsonObject, descriptor: JsonObject): ArchiveError => {
	const type =
		textOf(content.artifactType) ||
		textOf(objectOf(content.config).mediaType) ||
		textOf(content.mediaType) ||
		textOf(descriptor.mediaType);
	return new ArchiveError('unsupported', `${path}: it is no image, but of type ${type || 'unknown'}`);
};

const unusable = (
	digest: string,
	{references, digests, platform}: Naming,
	error: ArchiveError,
): Candidate => ({
	references,
	configDigest: digest,
	digests,
	platform,
	isPresent: false,
	load: () => Promise.reject(error),
});

/** @param naming its last digest is the manifest's own */
export const manifestCandidate = async (
	manifest: JsonObject,
	path: string,
	naming: Naming,
	{files, blobPath}: Place,
): Promise<Candidate> => {
	const configDigest = textOf(objectOf(manifest.config).digest);
	const configPath = blobPath(configDigest);
	const descriptors = listOf(manifest.layers).map(objectOf);
	const blobs = descriptors.map(
		(layer): LayerBlob => ({
			diffId: '',
			blob: blobPath(textOf(layer.digest)),
			mediaType: textOf(layer.mediaType),
			urls: textsOf(layer.urls),
		}),
	);
	const own = naming.digests.at(-1);
	const manifestDigest = own === undefined ? {} : {manifestDigest: own};
	const known = await jsonFile(files, configPath, configDigest);
	const {references} = naming;
	return {
		references,
		configDigest,
		...manifestDigest,
		digests: [...naming.digests, configDigest],
		platform: known === undefined ? naming.platform : platformOf(decodeImageConfig(known.value, configPath)),
		isPresent: known !== undefined && (await hasLayers(blobs, files)),
		async load() {
			const config = decodeImageConfig((await neededJson(files, configPath, configDigest)).value, configPath);
			if (blobs.length !== config.diffIds.length)
				throw new ArchiveError(
					'damaged',
					`${path} names ${blobs.length} layers, ${configPath} has ${config.diffIds.length}`,
				);
			const wanted = blobs.map((blob, index) => ({...blob, diffId: config.diffIds[index] ?? ''}));
			return {
				identity: {
					configDigest,
					...manifestDigest,
					references,
					platform: platformOf(config),
				},
				config,
				layers: wanted,
			};
		},
	};
};
