import {constants, type Stats} from 'node:fs';
import {lstat, open, readdir, readlink} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {createTarPacker, type TarHeader} from 'modern-tar';
import {isFileSystemError, LocalFileError, localReason} from './local-error.ts';

export type PackOptions = {
	/** A file, a link or a directory of this machine. */
	readonly source: string;
	readonly onBytes: (count: number) => void;
	readonly onFile: () => void;
	readonly onLeftOut: (path: string, reason: string) => void;
};

/**
 * A tar of what is at a path and beneath it, as it is read: modes and times as they are, links as links, everything
 * owned by root, as `docker cp` hands it over. Special files and what cannot be read are left out and named.
 * @throws LocalFileError when a file changes while it is read, or the source itself cannot be read
 */
export async function* pack(options: PackOptions): AsyncGenerator<Uint8Array, void, undefined> {
	const {readable, controller} = createTarPacker();
	void write(controller, options).then(
		() => {
			controller.finalize();
		},
		error => {
			controller.error(error);
		},
	);
	yield* readable;
}

type Packer = ReturnType<typeof createTarPacker>['controller'];

const write = async (packer: Packer, options: PackOptions): Promise<void> => {
	const {source, onLeftOut} = options;
	const add = async (path: string, name: string): Promise<void> => {
		const stat = await lstat(path);
		if (stat.isDirectory()) {
			await addBare(packer, {...headerOf(`${name}/`, stat), type: 'directory'});
			for (const child of (await readdir(path)).toSorted())
				await tryToAdd(join(path, child), `${name}/${child}`);
		} else if (stat.isSymbolicLink()) {
			const linkname = await readlink(path);
			await addBare(packer, {...headerOf(name, stat), type: 'symlink', linkname});
			options.onFile();
		} else if (stat.isFile()) await addFile(packer, path, name, options);
		else
			onLeftOut(path, stat.isFIFO() ? 'it is a fifo' : stat.isSocket() ? 'it is a socket' : 'it is a device');
	};
	const tryToAdd = async (path: string, name: string): Promise<void> => {
		try {
			await add(path, name);
		} catch (error) {
			if (!isFileSystemError(error)) throw error;
			onLeftOut(path, localReason(error));
		}
	};
	try {
		await add(source, basename(source));
	} catch (error) {
		if (!isFileSystemError(error)) throw error;
		throw new LocalFileError(`${source}: ${localReason(error)}`);
	}
};

const headerOf = (name: string, stat: Stats): TarHeader => ({
	name,
	size: 0,
	mode: stat.mode & 0o7777,
	mtime: stat.mtime,
	uid: 0,
	gid: 0,
});

const addBare = async (packer: Packer, header: TarHeader): Promise<void> => {
	await packer.add(header).close();
};

const chunkBytes = 256 * 1024;

/** Its size is told before its content: a file that grows is cut there, one that shrinks ends the archive. */
const addFile = async (packer: Packer, path: string, name: string, options: PackOptions): Promise<void> => {
	const handle = await open(
		path,
		constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
	);
	try {
		const stat = await handle.stat();
		const writer = packer.add({...headerOf(name, stat), size: stat.size, type: 'file'}).getWriter();
		for (let left = stat.size; left > 0; ) {
			// A new one each time: the packer hands it on, and does not copy it.
			const chunk = new Uint8Array(Math.min(chunkBytes, left));
			const {bytesRead} = await read(handle, chunk, path);
			await writer.write(chunk.subarray(0, bytesRead));
			left -= bytesRead;
			options.onBytes(bytesRead);
		}
		await writer.close();
		options.onFile();
	} finally {
		await handle.close();
	}
};

/** Once a file has begun, the archive cannot do without the rest of it. */
const read = async (
	handle: Awaited<ReturnType<typeof open>>,
	chunk: Uint8Array,
	path: string,
): Promise<{readonly bytesRead: number}> => {
	try {
		const result = await handle.read(chunk, 0, chunk.length);
		if (result.bytesRead > 0) return result;
	} catch (error) {
		throw new LocalFileError(`${path}: ${localReason(error)}`);
	}
	throw new LocalFileError(`${path} became shorter while it was read`);
};
