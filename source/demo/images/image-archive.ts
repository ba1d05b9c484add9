import {createTar} from 'nanotar';
import {DemoError, type DemoRoute} from '../contract.ts';
import type {ImageStore, StoredImage} from './image-store.ts';
import type {DemoImage} from './image-types.ts';
import {sha256} from './layer.ts';
import {archiveLayers, archiveManifest, manifestType} from './manifest.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {canonicalName, demoReference, repositoryOf} from './references.ts';

/** An image and under which of its names it goes into an archive. */
type Saved = {readonly stored: StoredImage; readonly tags: readonly string[]};

/** `GET /images/{name}/get` and `GET /images/get?names=`: a tar, laid out as engines 25 and later do it. */
export const archiveRoutes = (parts: ImageParts): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/images\/get$/,
		handle: ({query}) => archive(parts, query.getAll('names')),
	},
	{
		method: 'GET',
		path: /^\/images\/(.+)\/get$/,
		handle: (_request, [name = '']) => archive(parts, [name]),
	},
];

const archive = (parts: ImageParts, names: readonly string[]) => {
	if (names.length === 0) throw new DemoError(400, 'no image was named');
	const saved = collect(parts, names);
	for (const {stored} of saved) emitImage(parts.context, 'save', stored, stored.image.id);
	return {status: 200, contentType: 'application/x-tar', stream: inPieces(archiveOf(saved))};
};

/** A name without a tag means all tags of the repository; an id means none. */
const collect = ({store}: ImageParts, names: readonly string[]): readonly Saved[] => {
	const saved = new Map<string, Saved>();
	for (const name of names) {
		const isTagged = /:[^/]*$/.test(name);
		const images = [...store.all()].filter(
			({tags}) => !isTagged && tags.some(tag => repositoryOf(tag) === repositoryOf(`${name}:`)),
		);
		for (const {image} of images.length > 0 ? images : [named(store, name)]) {
			const stored = store.require(image.id);
			const chosen = stored.tags.filter(tag =>
				isTagged ? tag === store.nameOf(name) : repositoryOf(tag) === name,
			);
			const before = saved.get(image.id)?.tags ?? [];
			saved.set(image.id, {stored, tags: [...new Set([...before, ...chosen])].sort()});
		}
	}
	return [...saved.values()];
};

/** @throws DemoError 404, in the words of this one route */
const named = (store: ImageStore, name: string): StoredImage => {
	const stored = store.find(name);
	if (stored !== undefined) return stored;
	const {tag, digest} = demoReference(name);
	const isWhole = tag !== undefined || digest !== undefined;
	throw new DemoError(404, isWhole ? 'reference does not exist' : `No such image: ${name}`);
};

/** Source: the OCI image layout, and the manifest.json of the docker image specification 1.2 beside it. */
const archiveOf = (saved: readonly Saved[]): Uint8Array => {
	const blobs = new Map<string, string | Uint8Array>();
	const keep = (data: string | Uint8Array): void => void blobs.set(sha256(data).replace(':', '/'), data);
	for (const {image} of saved.map(({stored}) => stored)) {
		keep(image.configJson);
		keep(archiveManifest(image));
		for (const layer of image.layers) keep(layer.tar);
	}
	const files = [...blobs].sort(([one], [other]) => (one < other ? -1 : 1));
	return createTar(
		[
			{name: 'blobs/', attrs: {mode: '0755'}},
			{name: 'blobs/sha256/', attrs: {mode: '0755'}},
			...files.map(([path, data]) => ({name: `blobs/${path}`, data})),
			{name: 'index.json', data: JSON.stringify(indexOf(saved))},
			{name: 'manifest.json', data: JSON.stringify(saved.map(legacyManifestOf))},
			{name: 'oci-layout', data: JSON.stringify({imageLayoutVersion: '1.0.0'})},
		],
		{attrs: {mode: '0644', mtime: 0, uid: 0, gid: 0}},
	);
};

const indexOf = (saved: readonly Saved[]) => ({
	schemaVersion: 2,
	mediaType: 'application/vnd.oci.image.index.v1+json',
	manifests: saved.flatMap(({stored: {image}, tags}) =>
		tags.length === 0
			? [descriptorOf(image)]
			: tags.map(tag => ({...descriptorOf(image), annotations: namesOf(tag)})),
	),
});

const descriptorOf = (image: DemoImage) => {
	const manifest = archiveManifest(image);
	return {mediaType: manifestType, digest: sha256(manifest), size: Buffer.byteLength(manifest)};
};

const namesOf = (tag: string) => ({
	'io.containerd.image.name': `${canonicalName(repositoryOf(tag))}:${demoReference(tag).tag}`,
	'org.opencontainers.image.ref.name': demoReference(tag).tag,
});

const legacyManifestOf = ({stored: {image}, tags}: Saved) => ({
	Config: pathOf(image.id),
	RepoTags: tags.length > 0 ? tags : null,
	Layers: image.layers.map(layer => pathOf(layer.diffId)),
	LayerSources: Object.fromEntries(archiveLayers(image).map(layer => [layer.digest, layer])),
});

const pathOf = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

const pieceBytes = 64 * 1024;

async function* inPieces(data: Uint8Array): AsyncGenerator<Buffer> {
	const whole = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	for (let at = 0; at < whole.length; at += pieceBytes) yield whole.subarray(at, at + pieceBytes);
}
