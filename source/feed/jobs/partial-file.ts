import {unlinkSync} from 'node:fs';
import {type FileHandle, link, open, realpath, rename, rm, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {isCode, LocalFileError, localReason} from '../../engine/archive/local-error.ts';

/** A file that is nowhere to be seen until it is whole. */
export type PartialFile = {
	readonly write: (chunk: Uint8Array) => Promise<void>;
	/** Puts it into its place, on the disk for good. @throws LocalFileError when something else has come there */
	readonly finish: () => Promise<void>;
	/** Leaves nothing behind, unless it was finished. */
	readonly close: () => Promise<void>;
};

/** Where they are, by the place where they belong. */
const unfinished = new Map<string, string>();
let count = 0;

/** However this process ends in an orderly way, none of them stays. */
const removeAll = (): void => {
	for (const path of unfinished.values()) {
		try {
			unlinkSync(path);
		} catch {
			// Nobody is left to tell.
		}
	}
};

const withReason = (path: string, error: unknown): LocalFileError =>
	new LocalFileError(`${path}: ${localReason(error)}`);

type Place = {readonly path: string; readonly mode: number};

/** What is there gives way whole, with its mode; a link keeps leading there. */
const placeOf = async (path: string, isReplacing: boolean): Promise<Place> => {
	try {
		const known = await stat(path);
		if (known.isDirectory()) throw new LocalFileError(`${path} is a directory: add a name`);
		if (!known.isFile()) throw new LocalFileError(`${path} is no plain file`);
		if (!isReplacing) throw new LocalFileError(`${path} exists already`);
		return {path: await realpath(path), mode: known.mode & 0o777};
	} catch (error) {
		if (error instanceof LocalFileError) throw error;
		// As `docker save` makes it: images hold secrets.
		if (isCode(error, 'ENOENT')) return {path, mode: 0o600};
		throw withReason(path, error);
	}
};

const cannotLink = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A link refuses what a renaming would overwrite; where there are no links, the last look must do. */
const moveTo = async (partial: string, path: string, isReplacing: boolean): Promise<void> => {
	if (isReplacing) return rename(partial, path);
	try {
		await link(partial, path);
	} catch (error) {
		if (!cannotLink.some(code => isCode(error, code))) throw error;
		await placeOf(path, false);
		return rename(partial, path);
	}
	await rm(partial, {force: true});
};

/** Its name is on the disk too; some file systems have nothing to say to that. */
const settleName = async (path: string): Promise<void> => {
	const folder = await open(dirname(path), 'r').catch(() => undefined);
	await folder?.sync().catch(() => undefined);
	await folder?.close();
};

const openBeside = async ({path, mode}: Place): Promise<{handle: FileHandle; partial: string}> => {
	if (unfinished.has(path)) throw new LocalFileError(`${path} is being written already`);
	count += 1;
	const partial = join(dirname(path), `.gantry-${process.pid}-${count}.partial`);
	if (unfinished.size === 0) process.on('exit', removeAll);
	unfinished.set(path, partial);
	try {
		const handle = await open(partial, 'wx', 0o600);
		if (mode !== 0o600) await handle.chmod(mode);
		return {handle, partial};
	} catch (error) {
		unfinished.delete(path);
		throw isCode(error, 'ENOENT')
			? new LocalFileError(`there is no directory ${dirname(path)}`)
			: withReason(path, error);
	}
};

/**
 * A new file, written under a hidden name beside its place.
 * @param path absolute
 * @param isReplacing a plain file that is there gives way in the end
 * @throws LocalFileError, as all of its methods
 */
export const openPartial = async (path: string, isReplacing: boolean): Promise<PartialFile> => {
	const place = await placeOf(path, isReplacing);
	const {handle, partial} = await openBeside(place);
	let isOpen = true;
	const attempt = async (work: () => Promise<void>): Promise<void> => {
		try {
			await work();
		} catch (error) {
			throw error instanceof LocalFileError ? error : withReason(path, error);
		}
	};
	return {
		write: chunk =>
			attempt(async () => {
				for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
			}),
		finish: () =>
			attempt(async () => {
				await handle.sync();
				await moveTo(partial, place.path, isReplacing);
				unfinished.delete(place.path);
				await settleName(place.path);
			}),
		async close() {
			if (!isOpen) return;
			isOpen = false;
			await handle.close().catch(() => undefined);
			if (unfinished.get(place.path) === partial) {
				await rm(partial, {force: true}).catch(() => undefined);
				unfinished.delete(place.path);
			}
			if (unfinished.size === 0) process.off('exit', removeAll);
		},
	};
};
