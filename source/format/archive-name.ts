import {isImageId, parseReference, shortId} from './image-name.ts';

const repositoryIn = (name: string): string | undefined => {
	const parsed = isImageId(name) ? undefined : parseReference(name);
	return parsed?.ok === true ? parsed.value.repository.replaceAll('/', '-') : undefined;
};

const tagIn = (name: string): string => {
	const parsed = parseReference(name);
	return parsed.ok && parsed.value.tag !== undefined ? `-${parsed.value.tag}` : '';
};

const plainName = (name: string): string => {
	const repository = repositoryIn(name);
	return repository === undefined ? shortId(name) : `${repository}${tagIn(name)}`;
};

/** A file name that tells what is in it: `shop-api-1.4.tar`; of several what they have in common, and how many. */
export const archiveName = (references: readonly string[]): string => {
	const [first] = references;
	if (first === undefined) return 'images.tar';
	const count = references.length;
	if (count === 1) return `${plainName(first)}.tar`;
	const repository = repositoryIn(first);
	return repository !== undefined && references.every(each => repositoryIn(each) === repository)
		? `${repository}-${count}-tags.tar`
		: `${plainName(first)}-and-${count - 1}-more.tar`;
};

export const compressions = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

/** What a file's name promises. */
export const compressionOf = (path: string): Compression => {
	if (/\.(?:tar\.gz|tgz)$/i.test(path)) return 'gzip';
	return /\.(?:tar\.zst|tzst|tar\.zstd)$/i.test(path) ? 'zstd' : 'none';
};
