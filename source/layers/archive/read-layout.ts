import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {ArchiveError} from '../types.ts';
import {type Blob, createBlobReader} from './blob-reader.ts';
import type {ArchiveImage, ArchiveVisitor} from './contract.ts';
import {findImage} from './find-image.ts';
import type {ImageFiles} from './image-files.ts';
import {fileAt, isAbsence} from './layout-file.ts';
import type {ReadOptions} from './read-archive.ts';

const chunkBytes = 256 * 1024;

const readBlob = async (
	file: string,
	reader: ReturnType<typeof createBlobReader>,
	onBytes: (count: number) => void,
	signal: AbortSignal | undefined,
): Promise<Blob> => {
	try {
		const stream = createReadStream(file, {
			highWaterMark: chunkBytes,
			...(signal === undefined ? {} : {signal}),
		});
		for await (const chunk of stream) {
			onBytes(chunk.length);
			await reader.write(chunk);
		}
		await reader.end();
		return reader.blob();
	} finally {
		reader.close();
	}
};

/** Each file is read when it is asked for. */
export const layoutFiles = (
	folder: string,
	visitor: ArchiveVisitor,
	signal: AbortSignal | undefined,
): ImageFiles => {
	// A layer that an image has twice is read once.
	const known = new Map<string, Promise<{readonly path: string; readonly blob: Blob} | undefined>>();
	const read: ImageFiles['read'] = async path => {
		const found = await fileAt(folder, path);
		if (found === undefined) return undefined;
		const reader = createBlobReader(path, found.size, visitor);
		return {path, blob: await readBlob(found.file, reader, visitor.onBytes, signal)};
	};
	return {
		has: async path => (await fileAt(folder, path)) !== undefined,
		read(path) {
			const reading = known.get(path) ?? read(path);
			known.set(path, reading);
			return reading;
		},
	};
};

/**
 * Reads the folder of an OCI layout, of `skopeo copy … dir:`, or of an unpacked `docker save`: only what belongs to
 * the image, its layers from the lowest up. Manifests and configuration have the digest that leads to them, each
 * layer the one that the configuration says.
 * @throws ArchiveError; the file system's errors; the signal's reason
 */
export const readLayout = async (
	folder: string,
	visitor: ArchiveVisitor,
	{choice = {}, signal}: ReadOptions = {},
): Promise<ArchiveImage> => {
	signal?.throwIfAborted();
	const found = await stat(folder).catch((error: unknown) => {
		throw isAbsence(error) ? new ArchiveError('no-image', 'there is no such folder') : error;
	});
	if (!found.isDirectory()) throw new ArchiveError('no-image', 'it is no folder');
	return findImage(layoutFiles(folder, visitor, signal), choice);
};
