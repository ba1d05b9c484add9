import {createHash} from 'node:crypto';
import {posix} from 'node:path';
import {DemoError, type DemoRequest, type DemoRoute} from '../contract.ts';
import {flag} from '../http/query.ts';
import {object, text, texts} from '../http/read.ts';
import {imageFromConfig} from './image-from-config.ts';
import type {DemoLayer} from './image-types.ts';
import {keptLayer} from './layer.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {demoReference, referenceText} from './references.ts';
import {sentArchive} from './sent-archive.ts';
import {tarEntries} from './tar-read.ts';
import {encodeLines, failureLine, layerLine} from './transfer-lines.ts';

/** `POST /images/load`: archives as `docker save` makes them. Nothing is stored when it fails. */
export const loadRoute = (parts: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/load$/,
	handle: request => ({status: 200, contentType: 'application/json', stream: load(parts, request)}),
});

async function* load(parts: ImageParts, request: DemoRequest): AsyncGenerator<string> {
	const isQuiet = flag(request.query, 'quiet');
	try {
		const files = await readFiles(parts, request);
		for (const saved of savedImages(files)) yield* loadOne(parts, files, saved, isQuiet);
	} catch (error) {
		if (request.signal.aborted) return;
		yield encodeLines([failureLine(error instanceof Error ? error.message : String(error))]);
	}
}

/** A file of the archive: a layer that this engine has is not kept a second time. */
type Sent = {readonly pieces: readonly Buffer[]} | {readonly layer: DemoLayer} | {readonly linkTo: string};

type Files = ReadonlyMap<string, Sent>;

const readFiles = async ({store}: ImageParts, {raw}: DemoRequest): Promise<Files> => {
	const known = new Map<string, DemoLayer>();
	for (const {image} of store.all()) for (const layer of image.layers) known.set(layer.diffId, layer);
	const files = new Map<string, Sent>();
	for await (const {name, kind, linkTarget, content} of tarEntries(sentArchive(raw))) {
		if (kind === 'symlink') files.set(name, {linkTo: posix.join(posix.dirname(name), linkTarget)});
		if (kind === 'hardlink') files.set(name, {linkTo: linkTarget});
		if (kind !== 'file') continue;
		const pieces = await content();
		const hash = createHash('sha256');
		for (const piece of pieces) hash.update(piece);
		const layer = known.get(`sha256:${hash.digest('hex')}`);
		files.set(name, layer === undefined ? {pieces} : {layer});
	}
	return files;
};

type Saved = {readonly config: string; readonly tags: readonly string[]; readonly layers: readonly string[]};

const fileOf = (files: Files, name: string, depth = 0): Exclude<Sent, {linkTo: string}> => {
	const file = files.get(name);
	if (file === undefined || depth > 8)
		throw new DemoError(500, `open /var/lib/docker/tmp/docker-import-1/${name}: no such file or directory`);
	return 'linkTo' in file ? fileOf(files, file.linkTo, depth + 1) : file;
};

const textOf = (files: Files, name: string): string => {
	const file = fileOf(files, name);
	return 'pieces' in file ? Buffer.concat(file.pieces).toString() : '';
};

const savedImages = (files: Files): readonly Saved[] => {
	// An archive without a manifest is taken for one of the first format, which had this file.
	if (!files.has('manifest.json')) textOf(files, 'repositories');
	const manifest: unknown = JSON.parse(textOf(files, 'manifest.json'));
	return (Array.isArray(manifest) ? manifest : []).map(object).map(each => ({
		config: text(each.Config) ?? '',
		tags: texts(each.RepoTags),
		layers: texts(each.Layers),
	}));
};

async function* loadOne(
	{context, store}: ImageParts,
	files: Files,
	saved: Saved,
	isQuiet: boolean,
): AsyncGenerator<string> {
	const layers: DemoLayer[] = [];
	for (const name of saved.layers) {
		const file = fileOf(files, name);
		layers.push('layer' in file ? file.layer : await layerOf(file.pieces));
	}
	const image = imageFromConfig(textOf(files, saved.config), layers);
	const isNew = image.layers.map(({chainId}) => store.usersOf(chainId) === 0);
	for (const [index, layer] of image.layers.entries()) {
		const detail = {current: layer.tarBytes, total: layer.tarBytes};
		if (isNew[index] && !isQuiet) yield encodeLines([layerLine(layer.diffId, 'Loading layer', detail)]);
	}
	store.add(image);
	for (const tag of saved.tags) {
		const reference = referenceText(demoReference(tag));
		const before = store.find(reference);
		if (before !== undefined && before.image.id !== image.id)
			yield encodeLines([
				{
					stream: `The image ${reference} already exists, renaming the old one with ID ${before.image.id} to empty string\n`,
				},
			]);
		store.tag(image.id, reference, context.clock.now());
		yield encodeLines([{stream: `Loaded image: ${reference}\n`}]);
	}
	if (saved.tags.length === 0) yield encodeLines([{stream: `Loaded image ID: ${image.id}\n`}]);
	const stored = store.get(image.id);
	if (stored !== undefined) emitImage(context, 'load', stored, image.id);
}

async function* replayed(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
	yield* pieces;
}

/** A layer of an archive; engines with a containerd store save them gzipped. */
const layerOf = async (pieces: readonly Buffer[]): Promise<DemoLayer> => {
	const plain: Uint8Array[] = [];
	for await (const piece of sentArchive(replayed(pieces))) plain.push(piece);
	return keptLayer(plain, await contentBytes(plain));
};

/** What the files of a tar sum up to. @throws DemoError for what is no tar */
export const contentBytes = async (pieces: readonly Uint8Array[]): Promise<number> => {
	let bytes = 0;
	for await (const {kind, sizeBytes} of tarEntries(replayed(pieces.map(piece => Buffer.from(piece)))))
		if (kind === 'file') bytes += sizeBytes;
	return bytes;
};
