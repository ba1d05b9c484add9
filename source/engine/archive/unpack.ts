import {constants} from 'node:fs';
import {
	chmod,
	type FileHandle,
	link,
	lstat,
	lutimes,
	mkdir,
	open,
	rm,
	symlink,
	utimes,
} from 'node:fs/promises';
import {join} from 'node:path';
import type {ArchiveEntry, FileFacts} from '../file-types.ts';
import {isCode, isFileSystemError, isHopeless, LocalFileError, localReason} from './local-error.ts';
import {safePath} from './safe-path.ts';

export type UnpackOptions = {
	/** A directory that is there, without links in its own path. */
	readonly target: string;
	/** The name of what was asked for, or all of them: nothing is written but that and beneath it. */
	readonly base: string | ReadonlySet<string>;
	/** Files and links that are there already give way. */
	readonly isReplacing: boolean;
	readonly onBytes: (count: number) => void;
	readonly onFile: () => void;
	/** An entry is refused or cannot be written; the others go on. */
	readonly onLeftOut: (path: string, reason: string) => void;
};

/** Refuses one entry. */
class Refusal extends Error {}

/**
 * Writes an archive into a directory of this machine: modes and times as they were, links as links, owned by whoever
 * runs Gantry. Nothing is written through a link, nothing outside of `target`, nothing special (devices, fifos), and
 * no file comes out setuid or setgid: in a container those are the container's own business, here they are not.
 * @throws LocalFileError when this machine takes no more; whatever the archive throws. The file then under way is removed.
 */
export const unpack = async (entries: AsyncIterable<ArchiveEntry>, options: UnpackOptions): Promise<void> => {
	const target = createTarget(options);
	try {
		for await (const entry of entries) {
			try {
				await target.write(entry);
			} catch (error) {
				if (error instanceof Refusal) options.onLeftOut(entry.path, error.message);
				else if (!isFileSystemError(error)) throw error;
				else if (isHopeless(error)) throw new LocalFileError(`${entry.path}: ${localReason(error)}`);
				else options.onLeftOut(entry.path, localReason(error));
			}
		}
	} finally {
		await target.finish();
	}
};

const createTarget = ({target, base, isReplacing, onBytes, onFile, onLeftOut}: UnpackOptions) => {
	// Real directories that nothing of ours will turn into something else.
	const directories = new Set<string>([target]);
	const files = new Set<string>();
	const made: {readonly path: string; readonly facts: FileFacts}[] = [];

	/** Every directory on the way is one, and no link. */
	const holder = async (parts: readonly string[]): Promise<string> => {
		let path = target;
		for (const part of parts.slice(0, -1)) {
			path = join(path, part);
			if (directories.has(path)) continue;
			const stat = await lstat(path);
			if (stat.isSymbolicLink()) throw new Refusal('it leads through a link');
			if (!stat.isDirectory()) throw new Refusal('it leads through what is no directory');
			directories.add(path);
		}
		return path;
	};

	/** Does it until it works: once more after what stands in the way is gone. */
	const inPlace = async <T>(path: string, make: () => Promise<T>): Promise<T> => {
		try {
			return await make();
		} catch (error) {
			if (!isCode(error, 'EEXIST')) throw error;
			if (!isReplacing) throw new Refusal('it exists already');
			if ((await lstat(path)).isDirectory()) throw new Refusal('a directory is there');
			await rm(path);
			return make();
		}
	};

	const writeFile = async (path: string, {facts, content}: ArchiveEntry): Promise<void> => {
		const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
		const handle = await inPlace(path, () => open(path, flags, 0o600));
		let isWhole = false;
		try {
			for await (const chunk of content) {
				await writeAll(handle, chunk);
				onBytes(chunk.length);
			}
			await handle.chmod(facts.mode & 0o777);
			await handle.utimes(facts.modifiedAt / 1000, facts.modifiedAt / 1000);
			isWhole = true;
		} finally {
			await handle.close();
			if (!isWhole) await rm(path, {force: true});
		}
		files.add(path);
		onFile();
		if ((facts.mode & 0o6000) !== 0) onLeftOut(path, 'written, but not setuid or setgid');
	};

	const makeDirectory = async (path: string, facts: FileFacts): Promise<void> => {
		if (directories.has(path)) return;
		try {
			await mkdir(path, 0o700);
			made.push({path, facts});
		} catch (error) {
			if (!isCode(error, 'EEXIST')) throw error;
			if (!(await lstat(path)).isDirectory()) throw new Refusal('something else is there');
		}
		directories.add(path);
	};

	const makeLink = async (path: string, {facts}: ArchiveEntry): Promise<void> => {
		await inPlace(path, () => symlink(facts.linkTarget ?? '', path));
		await lutimes(path, facts.modifiedAt / 1000, facts.modifiedAt / 1000);
		onFile();
	};

	/** Only to a file of this very copy: another may be somebody else's. */
	const makeHardLink = async (path: string, {facts}: ArchiveEntry): Promise<void> => {
		const safe = safePath(facts.linkTarget ?? '', base);
		const existing = safe.ok ? join(target, ...safe.parts) : '';
		if (!files.has(existing))
			throw new Refusal(`it is a hard link to ${facts.linkTarget}, outside of the copy`);
		await inPlace(path, () => link(existing, path));
		files.add(path);
		onFile();
	};

	return {
		async write(entry: ArchiveEntry): Promise<void> {
			const safe = safePath(entry.path, base);
			if (!safe.ok) throw new Refusal(safe.reason);
			const path = join(await holder(safe.parts), safe.parts.at(-1) ?? '');
			switch (entry.facts.kind) {
				case 'file':
					return writeFile(path, entry);
				case 'directory':
					return makeDirectory(path, entry.facts);
				case 'symlink':
					return makeLink(path, entry);
				case 'hardlink':
					return makeHardLink(path, entry);
				case 'character-device':
				case 'block-device':
					throw new Refusal('it is a device');
				case 'fifo':
					throw new Refusal('it is a fifo');
				case 'socket':
					throw new Refusal('it is a socket');
			}
		},
		/** The innermost first: what is written into a directory changes its time, and needs its mode. */
		async finish(): Promise<void> {
			for (const {path, facts} of made.toReversed()) {
				try {
					await utimes(path, facts.modifiedAt / 1000, facts.modifiedAt / 1000);
					await chmod(path, facts.mode & 0o1777);
				} catch (error) {
					onLeftOut(path, localReason(error));
				}
			}
		},
	};
};

const writeAll = async (handle: FileHandle, chunk: Uint8Array): Promise<void> => {
	for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
};
