import {createHash} from 'node:crypto';
import {ArchiveError} from '../types.ts';
import type {Blob} from './blob-reader.ts';
import {parsedJson} from './json.ts';

/** What an archive or a layout holds, by path. */
export type ImageFiles = {
	readonly has: (path: string) => Promise<boolean>;
	/** What the file is, and its path with links followed; `undefined` when it is not there. */
	readonly read: (path: string) => Promise<{readonly path: string; readonly blob: Blob} | undefined>;
};

export type CheckedJson = {readonly value: unknown; readonly digest: string};

const algorithms = ['sha256', 'sha384', 'sha512'];

/** @param digest absent: the name says none */
const checkDigest = (bytes: Uint8Array, digest: string | undefined, path: string): string => {
	const own = createHash('sha256').update(bytes).digest('hex');
	const [algorithm = '', wanted = ''] = (digest ?? '').split(':');
	const is = algorithms.includes(algorithm) ? createHash(algorithm).update(bytes).digest('hex') : '';
	if (is !== '' && is !== wanted)
		throw new ArchiveError(
			'damaged',
			`${path}: its content is not what its digest says (it is ${algorithm}:${is})`,
		);
	return `sha256:${own}`;
};

/**
 * A manifest or a configuration.
 * @param digest what it must have; absent: nothing says
 * @returns `undefined` when it is not there
 * @throws ArchiveError when it is damaged or no JSON
 */
export const jsonFile = async (
	files: ImageFiles,
	path: string,
	digest?: string,
): Promise<CheckedJson | undefined> => {
	const blob = (await files.read(path))?.blob;
	switch (blob?.kind) {
		case undefined:
			return undefined;
		case 'json': {
			const own = checkDigest(blob.bytes, digest, path);
			return {value: parsedJson(blob.bytes, path), digest: own};
		}
		case 'layer':
			throw new ArchiveError('damaged', `${path}: it is no JSON`);
		case 'other':
			throw new ArchiveError(blob.isUnsupported ? 'unsupported' : 'damaged', `${path}: ${blob.reason}`);
		default:
			return blob satisfies never;
	}
};

/** @throws ArchiveError `missing`, too */
export const neededJson = async (files: ImageFiles, path: string, digest?: string): Promise<CheckedJson> => {
	const json = await jsonFile(files, path, digest);
	if (json === undefined) throw new ArchiveError('missing', `${path} is missing`);
	return json;
};
