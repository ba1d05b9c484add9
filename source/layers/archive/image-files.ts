import {createHash} from 'node:crypto';
import {ArchiveError} from '../types.ts';
import type {Blob} from './blob-reader.ts';
import {parsedJson} from './json.ts';

/** What an archive or a layout holds, by path. */
export type ImageFiles = {
	/** The path under which it was read, links followed; `undefined` when it is not there. */
	readonly find: (path: string) => {readonly path: string; readonly blob: Blob} | undefined;
};

/** The JSON of a file; `undefined` when it is not there. @throws ArchiveError */
export const jsonAt = (files: ImageFiles, path: string): unknown => {
	const found = files.find(path);
	if (found === undefined) return undefined;
	if (found.blob.kind === 'json') return parsedJson(found.blob.bytes, path);
	throw new ArchiveError(
		'damaged',
		`${path}: ${found.blob.kind === 'other' ? found.blob.reason : 'it is no JSON'}`,
	);
};

export const digestOf = (bytes: Uint8Array): string =>
	`sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/**
 * The JSON of a file that is named by its digest.
 * @throws ArchiveError when it is missing, or not what its name says
 */
export const checkedJson = (
	files: ImageFiles,
	path: string,
	digest: string | undefined,
): {value: unknown; digest: string} => {
	const value = jsonAt(files, path);
	const found = files.find(path);
	if (found?.blob.kind !== 'json') throw new ArchiveError('missing', `${path} is not in the archive`);
	const own = digestOf(found.blob.bytes);
	if (digest?.startsWith('sha256:') && digest !== own)
		throw new ArchiveError('damaged', `${path}: its content is not what its digest says`);
	return {value, digest: own};
};
