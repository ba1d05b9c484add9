import {DemoError, type DemoRoute} from '../contract.ts';
import type {ImageStore, StoredImage} from './image-store.ts';
import type {DemoImage} from './image-types.ts';
import {sha256} from './layer.ts';
import {archiveLayers, archiveManifest, manifestType} from './manifest.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {canonicalName, demoReference, repositoryOf} from './references.ts';
import {padding, tarEnd, tarHeader} from './tar-blocks.ts';

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

type Blob = {readonly bytes: number; readonly pieces: () => Iterable<Uint8Array>};

const blobOf = (data: string): Blob => ({bytes: Buffer.byteLength(data), pieces: () => [Buffer.from(data)]});

/** Source: the OCI image layout, and the manifest.json of the docker image specification 1.2 beside it. */
function* archiveOf(saved: readonly Saved[]): Generator<Uint8Array> {
	const blobs = new Map<string, Blob>();
	const keep = (data: string): void => void blobs.set(sha256(data), blobOf(data));
	for (const {image} of saved.map(({stored}) => stored)) {
		keep(image.configJson);
		keep(archiveManifest(image));
		for (const {diffId, tar, tarBytes} of image.layers) blobs.set(diffId, {bytes: tarBytes, pieces: tar});
	}
	const file = function* (name: string, {bytes, pieces}: Blob): Generator<Uint8Array> {
		yield tarHeader({name, mode: 0o644, sizeBytes: bytes});
		yield* pieces();
		yield padding(bytes);
	};
	for (const name of ['blobs/', 'blobs/sha256/']) yield tarHeader({name, mode: 0o755, sizeBytes: 0});
	for (const [digest, blob] of [...blobs].sort(([one], [other]) => (one < other ? -1 : 1)))
		yield* file(pathOf(digest), blob);
	yield* file('index.json', blobOf(JSON.stringify(indexOf(saved))));
	yield* file('manifest.json', blobOf(JSON.stringify(saved.map(legacyManifestOf))));
	yield* file('oci-layout', blobOf(JSON.stringify({imageLayoutVersion: '1.0.0'})));
	yield tarEnd();
}

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

/** Small pieces together, as a stream is written. */
async function* inPieces(pieces: Iterable<Uint8Array>): AsyncGenerator<Buffer> {
	let waiting: Uint8Array[] = [];
	let bytes = 0;
	for (const piece of pieces) {
		waiting.push(piece);
		bytes += piece.length;
		if (bytes < pieceBytes) continue;
		yield Buffer.concat(waiting);
		waiting = [];
		bytes = 0;
	}
	yield Buffer.concat(waiting);
}
