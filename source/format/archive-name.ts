import {isImageId, parseReference, shortId} from './image-name.ts';

const plainName = (name: string): string => {
	const parsed = parseReference(name);
	if (!parsed.ok || isImageId(name)) return shortId(name);
	const {repository, tag} = parsed.value;
	return `${repository.replaceAll('/', '-')}${tag === undefined ? '' : `-${tag}`}`;
};

/** A file name that tells what is in it: `shop-api-1.4.tar`; of several the first and how many more. */
export const archiveName = (references: readonly string[]): string => {
	const [first] = references;
	if (first === undefined) return 'images.tar';
	const more = references.length - 1;
	return `${plainName(first)}${more > 0 ? `-and-${more}-more` : ''}.tar`;
};

export const compressions = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

/** What a file's name promises. */
export const compressionOf = (path: string): Compression => {
	if (/\.(?:tar\.gz|tgz)$/i.test(path)) return 'gzip';
	return /\.(?:tar\.zst|tzst|tar\.zstd)$/i.test(path) ? 'zstd' : 'none';
};
