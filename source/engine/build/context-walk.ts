import {Buffer} from 'node:buffer';
import type {Stats} from 'node:fs';
import {lstat, readdir} from 'node:fs/promises';
import {LocalFileError, localReason} from '../archive/local-error.ts';
import type {IgnoreMatcher, ParentMatches} from './ignore-matcher.ts';

/** Something in a build context. */
export type Found = {
	/** Absolute, as the system takes it: raw bytes. */
	readonly path: Buffer;
	/** Relative to the context. */
	readonly name: Buffer;
	readonly stat: Stats;
};

/** Of one directory so many files are looked at at the same time. */
const statsAtOnce = 16;

const slash = Buffer.from('/');

export const shownPath = (path: Uint8Array): string => Buffer.from(path).toString('utf8');

/** In the words of the docker CLI where that is about permissions. */
export const contextFailure = (path: Uint8Array, error: unknown): LocalFileError => {
	const isDenied =
		error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
	return new LocalFileError(
		isDenied
			? `no permission to read from '${shownPath(path)}'`
			: `${shownPath(path)}: ${localReason(error)}`,
	);
};

type Child = {
	readonly path: Buffer;
	readonly name: Buffer;
	readonly text: string;
	readonly isIgnored: boolean;
	readonly matches: ParentMatches;
};

/** In the order of their bytes, as Go lists a directory; without what is ignored and holds no exception. */
const childrenOf = async (
	path: Buffer,
	within: {readonly name: Buffer; readonly matches: ParentMatches},
	ignore: IgnoreMatcher,
): Promise<readonly Child[]> => {
	const names = await readdir(path, {encoding: 'buffer'}).catch((error: unknown) => {
		throw contextFailure(path, error);
	});
	return names.toSorted(Buffer.compare).flatMap(child => {
		const name = within.name.length === 0 ? child : Buffer.concat([within.name, slash, child]);
		const text = name.toString('utf8');
		const {isIgnored, matches} = ignore.match(text, within.matches);
		if (isIgnored && !ignore.mayHoldException(text)) return [];
		return [{path: Buffer.concat([path, slash, child]), name, text, isIgnored, matches}];
	});
};

const statOf = (path: Buffer): Promise<Stats> =>
	lstat(path).catch((error: unknown) => {
		throw contextFailure(path, error);
	});

async function* below(
	path: Buffer,
	within: {readonly name: Buffer; readonly matches: ParentMatches},
	ignore: IgnoreMatcher,
	without: ReadonlySet<string>,
): AsyncGenerator<Found, void, undefined> {
	const children = await childrenOf(path, within, ignore);
	for (let from = 0; from < children.length; from += statsAtOnce) {
		const some = children.slice(from, from + statsAtOnce);
		const stats = await Promise.all(some.map(child => statOf(child.path)));
		for (const [index, child] of some.entries()) {
			const stat = stats[index];
			if (stat === undefined) continue;
			if (!child.isIgnored && !without.has(child.text)) yield {path: child.path, name: child.name, stat};
			if (stat.isDirectory()) yield* below(child.path, child, ignore, without);
		}
	}
}

/**
 * What is in a directory and not ignored, depth first, links not followed.
 * @param without names in the context that are left out besides
 * @throws LocalFileError that names what cannot be read
 */
export const walkContext = (
	directory: string,
	ignore: IgnoreMatcher,
	without: ReadonlySet<string>,
): AsyncIterable<Found> =>
	below(Buffer.from(directory), {name: Buffer.alloc(0), matches: undefined}, ignore, without);
