import {createReadStream} from 'node:fs';
import {ArchiveError} from '../types.ts';
import {type Blob, maxJsonBytes} from './blob-reader.ts';
import type {ArchiveSource, ImageChoice} from './contract.ts';
import {describedImage} from './find-image.ts';
import {fileAt} from './layout-file.ts';
import {createLinkedFiles} from './linked-files.ts';
import {openArchive} from './open-archive.ts';
import {layoutFiles} from './read-layout.ts';
import {sniffBytes, sniffed} from './sniff.ts';
import {tarContents} from './tar-contents.ts';
import type {TarFacts} from './tar-entry.ts';

/** A layer, and under which path it lies if that is known. */
export type LayerPlace = {readonly diffId: string; readonly blob?: string};

/** A layer as it is stored. */
export type StoredLayer = {readonly blob: string; readonly bytes: AsyncIterable<Buffer>};

const chunkBytes = 256 * 1024;

const lost = ({diffId, blob}: LayerPlace): ArchiveError =>
	new ArchiveError('missing', `${blob ?? diffId}, a layer of the image, is missing`);

/**
 * Yields one layer, once; leaving closes the source. Without its path, or where that is not right any more, the source
 * is opened twice, unless the layer's name is its digest (as engines from 25 on save it, and skopeo).
 * @throws ArchiveError; what the source throws; the signal's reason
 */
export async function* layerBytes(
	source: ArchiveSource,
	layer: LayerPlace,
	choice: ImageChoice,
	signal: AbortSignal,
): AsyncGenerator<StoredLayer, void, undefined> {
	signal.throwIfAborted();
	if (source.kind === 'layout') yield* fromLayout(source.folder, layer, choice, signal);
	else yield* fromStream(source.open, layer, choice, signal);
}

async function* fromLayout(
	folder: string,
	layer: LayerPlace,
	choice: ImageChoice,
	signal: AbortSignal,
): AsyncGenerator<StoredLayer, void, undefined> {
	const known = layer.blob === undefined ? undefined : await fileAt(folder, layer.blob);
	const {layers} =
		known === undefined
			? await describedImage(layoutFiles(folder, nobody, signal), choice)
			: {layers: [layer]};
	const blob = blobOf(layers, layer);
	const found = known ?? (await fileAt(folder, blob));
	if (found === undefined) throw lost({...layer, blob});
	yield {blob, bytes: createReadStream(found.file, {highWaterMark: chunkBytes, signal})};
}

const nobody = {layer: () => ({entry: () => undefined, end: () => undefined}), onBytes: () => undefined};

const blobOf = (layers: readonly LayerPlace[], layer: LayerPlace): string => {
	const blob = layers.find(one => one.diffId === layer.diffId)?.blob;
	if (blob === undefined) throw lost(layer);
	return blob;
};

async function* fromStream(
	open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
	layer: LayerPlace,
	choice: ImageChoice,
	signal: AbortSignal,
): AsyncGenerator<StoredLayer, void, undefined> {
	const archive = () =>
		openArchive(open(signal), () => {
			signal.throwIfAborted();
		});
	const names = layer.blob === undefined ? namesOf(layer.diffId) : [layer.blob];
	const files = createLinkedFiles();
	for await (const {choice: facts, content} of tarContents(archive(), 'the archive', bodied(files.note))) {
		if (names.includes(facts.path)) {
			yield {blob: facts.path, bytes: content};
			return;
		}
		files.set(facts.path, await glance(facts, content));
	}
	const {layers} = await describedImage(files.files, choice);
	const named = blobOf(layers, layer);
	const blob = (await files.files.read(named))?.path;
	if (blob === undefined || blob === layer.blob) throw lost({...layer, blob: named});
	yield* fromStream(open, {...layer, blob}, choice, signal);
}

/** Where the uncompressed layer lies when its name tells its digest. */
const namesOf = (diffId: string): readonly string[] => {
	const hex = diffId.slice(diffId.indexOf(':') + 1);
	return [`blobs/sha256/${hex}`, `${hex}.tar`];
};

const bodied =
	(note: (facts: TarFacts) => void) =>
	(facts: TarFacts): TarFacts | undefined => {
		note(facts);
		return facts.kind === 'file' ? facts : undefined;
	};

/** Keeps what may describe an image. */
const glance = async ({storedBytes}: TarFacts, content: AsyncIterable<Buffer>): Promise<Blob> => {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of content) {
		parts.push(part);
		const before = length;
		length += part.length;
		if (before >= sniffBytes || length < Math.min(sniffBytes, storedBytes)) continue;
		if (storedBytes > maxJsonBytes || sniffed(Buffer.concat(parts).subarray(0, sniffBytes)) !== 'json')
			return {kind: 'other', reason: 'it is no JSON', isUnsupported: false};
	}
	return {kind: 'json', bytes: Buffer.concat(parts)};
};
