import type {ArchiveImage, ArchiveVisitor, ImageChoice} from '../../source/layers/archive/contract.ts';
import {readArchive} from '../../source/layers/archive/read-archive.ts';
import type {TarEntry} from '../../source/layers/types.ts';

export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What was read of an image: the entries of each layer, in order. */
export type ReadImage = {readonly image: ArchiveImage; readonly layers: readonly (readonly TarEntry[])[]};

/** Keeps what a reading tells, until the image says which of it is meant. */
export const createRecorder = () => {
	const entries = new Map<string, TarEntry[]>();
	let bytes = 0;
	const visitor: ArchiveVisitor = {
		layer(blob) {
			const own: TarEntry[] = [];
			entries.set(blob, own);
			return {entry: entry => void own.push(entry), end: () => undefined};
		},
		onBytes(count) {
			bytes += count;
		},
	};
	return {
		visitor,
		bytes: () => bytes,
		of: (image: ArchiveImage): ReadImage => ({
			image,
			layers: image.layers.map(({blob}) => entries.get(blob ?? '') ?? []),
		}),
	};
};

export const readImage = async (
	archive: Uint8Array | AsyncIterable<Uint8Array>,
	{choice, pieceBytes}: {readonly choice?: ImageChoice; readonly pieceBytes?: number} = {},
): Promise<ReadImage> => {
	const recorder = createRecorder();
	const source = archive instanceof Uint8Array ? inPieces(archive, pieceBytes) : archive;
	return recorder.of(await readArchive(source, recorder.visitor, choice === undefined ? {} : {choice}));
};

/** The entries of one layer. */
export const readLayer = async (layer: Buffer): Promise<readonly TarEntry[]> => {
	const {archiveOf, savedSince25} = await import('./image-archives.ts');
	const {layers} = await readImage(archiveOf(savedSince25([layer])));
	return layers[0] ?? [];
};
