import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {type RawEntry, tarOf} from './tar-bytes.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export type Compression = 'none' | 'gzip' | 'zstd';

const compressed = (bytes: Buffer, how: Compression): Buffer =>
	how === 'gzip' ? gzipSync(bytes) : how === 'zstd' ? zstdCompressSync(bytes) : bytes;

const jsonBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const configBytes = (layers: readonly Buffer[], more: Readonly<Record<string, unknown>> = {}): Buffer =>
	jsonBytes({
		architecture: 'amd64',
		os: 'linux',
		config: {Cmd: ['sh']},
		rootfs: {type: 'layers', diff_ids: layers.map(layer => `sha256:${sha256(layer)}`)},
		history: layers.map((_, index) => ({created_by: `layer ${index}`})),
		...more,
	});

export type Files = ReadonlyMap<string, Buffer>;

/** As Docker writes it before 25: a layer that comes again is a link. */
export const savedBefore25 = (layers: readonly Buffer[], tag = 'app:1'): readonly RawEntry[] => {
	const config = configBytes(layers);
	const paths: string[] = [];
	const byDigest = new Map<string, string>();
	const entries = layers.flatMap((layer, index): readonly RawEntry[] => {
		const id = sha256(Buffer.concat([layer, Buffer.of(index)]));
		const path = `${id}/layer.tar`;
		const known = byDigest.get(sha256(layer));
		byDigest.set(sha256(layer), path);
		paths.push(path);
		return [
			{path: `${id}/`, type: '5'},
			{path: `${id}/VERSION`, body: '1.0'},
			{path: `${id}/json`, body: jsonBytes({id})},
			known === undefined ? {path, body: layer} : {path, type: '2', link: `../${known}`},
		];
	});
	const Config = `${sha256(config)}.json`;
	return [
		...entries,
		{path: Config, body: config},
		{path: 'manifest.json', body: jsonBytes([{Config, RepoTags: [tag], Layers: paths}])},
		{path: 'repositories', body: jsonBytes({app: {1: 'x'}})},
	];
};

export type ManifestOptions = {
	readonly compression?: Compression;
	readonly config?: Readonly<Record<string, unknown>>;
};

const layerTypes = {none: 'tar', gzip: 'tar+gzip', zstd: 'tar+zstd'} as const;

/** The blobs of one image and the descriptor of its manifest. */
export const ociImage = (
	layers: readonly Buffer[],
	{compression = 'none', config = {}}: ManifestOptions = {},
) => {
	const blobs = new Map<string, Buffer>();
	const descriptor = (bytes: Buffer, mediaType: string) => {
		const hex = sha256(bytes);
		blobs.set(`blobs/sha256/${hex}`, bytes);
		return {mediaType, digest: `sha256:${hex}`, size: bytes.length};
	};
	const type = `application/vnd.oci.image.layer.v1.${layerTypes[compression]}`;
	const manifest = {
		schemaVersion: 2,
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		config: descriptor(configBytes(layers, config), 'application/vnd.oci.image.config.v1+json'),
		layers: layers.map(layer => descriptor(compressed(layer, compression), type)),
	};
	return {
		blobs,
		manifest,
		descriptor: descriptor(jsonBytes(manifest), 'application/vnd.oci.image.manifest.v1+json'),
	};
};

/** What a layout holds besides its blobs. */
export const indexFiles = (manifests: readonly unknown[]): Files =>
	new Map([
		['index.json', jsonBytes({schemaVersion: 2, manifests})],
		['oci-layout', jsonBytes({imageLayoutVersion: '1.0.0'})],
	]);

/** An OCI layout of one image. */
export const ociFiles = (layers: readonly Buffer[], options: ManifestOptions = {}): Files => {
	const {blobs, descriptor} = ociImage(layers, options);
	const annotations = {'org.opencontainers.image.ref.name': 'app:1'};
	return new Map([...blobs, ...indexFiles([{...descriptor, annotations}])]);
};

/** As Docker writes it from 25 on: an OCI layout with a `manifest.json`. */
export const savedSince25 = (layers: readonly Buffer[], options: ManifestOptions = {}): Files => {
	const {blobs, manifest, descriptor} = ociImage(layers, options);
	const pathOf = ({digest}: {digest: string}) => digest.replace('sha256:', 'blobs/sha256/');
	const entry = {Config: pathOf(manifest.config), RepoTags: ['app:1'], Layers: manifest.layers.map(pathOf)};
	const sorted = [...blobs].toSorted(([a], [b]) => (a < b ? -1 : 1));
	return new Map([...sorted, ...indexFiles([descriptor]), ['manifest.json', jsonBytes([entry])]]);
};

export const entriesOf = (files: Files): readonly RawEntry[] =>
	[...files].map(([path, body]) => ({path, body}));

export const archiveOf = (files: Files): Buffer => tarOf(...entriesOf(files));

export const writeLayout = (folder: string, files: Files): void => {
	for (const [path, bytes] of files) {
		mkdirSync(dirname(join(folder, path)), {recursive: true});
		writeFileSync(join(folder, path), bytes);
	}
};
