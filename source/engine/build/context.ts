import {randomBytes} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {isCode, LocalFileError, localReason} from '../archive/local-error.ts';
import {type AddedFile, type ContextMeter, writeContext} from './context-archive.ts';
import type {BuildPlace} from './dockerfile.ts';
import {readIgnoreFile} from './ignore-file.ts';
import {createIgnoreMatcher, type IgnoreMatcher} from './ignore-matcher.ts';
import {IgnorePatternError} from './ignore-pattern.ts';

/** A build context, ready to be sent. */
export type BuildContext = {
	/** Path of the Dockerfile in the archive. */
	readonly dockerfile: string;
	/** A tar, made while it is read; can be read once. @throws LocalFileError that names the file */
	readonly archive: AsyncIterable<Uint8Array>;
};

const ignoreName = '.dockerignore';

const contentOf = async (path: string): Promise<string | undefined> => {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
		throw new LocalFileError(`${path}: ${localReason(error)}`);
	}
};

type Ignoring = {readonly path: string; readonly content: string | undefined};

/** `<Dockerfile>.dockerignore` beside the Dockerfile goes before the one of the context. */
const ignoringOf = async ({directory, dockerfile}: BuildPlace): Promise<Ignoring> => {
	const own = `${dockerfile}${ignoreName}`;
	const content = await contentOf(own);
	if (content !== undefined) return {path: own, content};
	const path = join(directory, ignoreName);
	return {path, content: await contentOf(path)};
};

const matcherOf = ({path, content = ''}: Ignoring, needed: readonly string[]): IgnoreMatcher => {
	try {
		const patterns = readIgnoreFile(content);
		const plain = createIgnoreMatcher(patterns);
		// The engine needs these, whatever the patterns say; it takes them away again before anything is copied.
		const exceptions = needed.filter(name => plain.ignores(name)).map(name => `!${name}`);
		return exceptions.length === 0 ? plain : createIgnoreMatcher([...patterns, ...exceptions]);
	} catch (error) {
		if (error instanceof IgnorePatternError) throw new LocalFileError(`${path}: ${error.message}`);
		throw error;
	}
};

/**
 * The context of a build as the docker CLI sends it: what `.dockerignore` leaves, owned by root. A Dockerfile from
 * outside goes in under a name that nothing else has, and that is ignored in the context.
 * @throws LocalFileError when an ignore file cannot be read or holds a pattern that is none
 */
export const openContext = async (place: BuildPlace, meter: ContextMeter): Promise<BuildContext> => {
	const {directory, inContext} = place;
	const ignoring = await ignoringOf(place);
	if (inContext !== undefined) {
		const ignore = matcherOf(ignoring, [ignoreName, inContext]);
		return {dockerfile: inContext, archive: writeContext({directory, ignore, added: [], meter})};
	}
	const name = `.dockerfile.${randomBytes(10).toString('hex')}`;
	const content = await readFile(place.dockerfile).catch((error: unknown) => {
		throw new LocalFileError(`${place.dockerfile}: ${localReason(error)}`);
	});
	const added = [{name, content, ...addedFacts()}, await ignoringToo(directory, name)];
	const ignore = matcherOf(ignoring, []);
	return {dockerfile: name, archive: writeContext({directory, ignore, added, meter})};
};

const addedFacts = (): Omit<AddedFile, 'name' | 'content'> => ({
	mode: 0o600,
	modifiedSeconds: Math.floor(Date.now() / 1000),
});

/** The ignore file of the context, with one name more. */
const ignoringToo = async (directory: string, name: string): Promise<AddedFile> => {
	const path = join(directory, ignoreName);
	const known = await contentOf(path);
	const content = Buffer.from(`${known ?? ignoreName}\n${name}\n`);
	if (known === undefined) return {name: ignoreName, content, ...addedFacts()};
	const {mode, mtimeMs} = await stat(path);
	return {name: ignoreName, content, mode: mode & 0o7777, modifiedSeconds: Math.floor(mtimeMs / 1000)};
};
