import {createHash} from 'node:crypto';
import type {DemoLayer} from './image-types.ts';
import {layerDigests} from './layer-digests.ts';
import {contentPieces, type LayerContent, type LayerFile, layerFiles} from './layer-files.ts';
import {archiveBytes, padding, tarEnd, tarHeader} from './tar-blocks.ts';

export const sha256 = (data: string | Uint8Array): string =>
	`sha256:${createHash('sha256').update(data).digest('hex')}`;

/** Up to here a digest is quicker computed than looked up. */
const smallBytes = 128 * 1024;

/**
 * A layer out of invented files, packed when it is asked for.
 * @param sizeBytes what its files sum up to, where it has some whose length is a share of it
 */
export const makeLayer = (content: LayerContent, sizeBytes: number): DemoLayer => {
	const files = layerFiles(content, sizeBytes);
	const tarBytes = archiveBytes(files);
	const tar = () => packed(files);
	const diffId = tarBytes <= smallBytes ? digestOf(tar()) : rememberedDigest(files, tar);
	return layerOf({
		diffId,
		tar,
		tarBytes,
		sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
	});
};

/** A layer that somebody has sent. @param sizeBytes of its files */
export const keptLayer = (pieces: readonly Uint8Array[], sizeBytes: number): DemoLayer =>
	layerOf({
		diffId: digestOf(pieces),
		tar: () => pieces,
		tarBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
		sizeBytes,
	});

/** What gzip leaves of a usual layer. */
const compression = 0.38;

const layerOf = (layer: Pick<DemoLayer, 'diffId' | 'tar' | 'tarBytes' | 'sizeBytes'>): DemoLayer => {
	const downloadBytes = Math.max(32, Math.round(layer.sizeBytes * compression));
	// No registry of the demo hands out blobs: nobody can tell that it was never gzipped.
	return {...layer, blobDigest: sha256(`${layer.diffId} gzipped`), blobBytes: downloadBytes, downloadBytes};
};

function* packed(files: readonly LayerFile[]): Generator<Uint8Array> {
	for (const file of files) {
		yield tarHeader(file);
		yield* contentPieces(file);
		yield padding(file.sizeBytes);
	}
	yield tarEnd();
}

const digestOf = (pieces: Iterable<Uint8Array>): string => {
	const hash = createHash('sha256');
	for (const piece of pieces) hash.update(piece);
	return `sha256:${hash.digest('hex')}`;
};

/** What a layer is looked up by. */
const recipeKey = (files: readonly LayerFile[]): string =>
	createHash('sha256').update(JSON.stringify(files)).digest('base64url').slice(0, 12);

/** Gathers what `scripts/demo-digests.ts` writes. */
export const computedDigests = new Map<string, string>();

/** Hundreds of megabytes are not hashed at every start. */
const rememberedDigest = (files: readonly LayerFile[], tar: () => Iterable<Uint8Array>): string => {
	const key = recipeKey(files);
	const known = layerDigests[key];
	if (known !== undefined) return `sha256:${known}`;
	const digest = digestOf(tar());
	computedDigests.set(key, digest.slice('sha256:'.length));
	return digest;
};
