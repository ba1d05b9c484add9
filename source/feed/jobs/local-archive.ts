import {access, constants, open, stat} from 'node:fs/promises';
import {LocalFileError, localReason} from '../../engine/archive/local-error.ts';

const chunkBytes = 256 * 1024;

/**
 * The bytes of a plain file of this machine, and how many there are.
 * @throws LocalFileError for what is none, or cannot be read; so does the reading
 */
export const openArchive = async (
	path: string,
): Promise<{readonly chunks: AsyncIterable<Uint8Array>; readonly totalBytes: number}> => {
	const fail = (error: unknown): LocalFileError =>
		error instanceof LocalFileError ? error : new LocalFileError(`${path}: ${localReason(error)}`);
	// Before it is opened: that would wait for whoever writes into a pipe.
	const known = await stat(path).catch((error: unknown) => {
		throw fail(error);
	});
	if (known.isDirectory()) throw new LocalFileError(`${path} is a directory, no tar file`);
	if (!known.isFile()) throw new LocalFileError(`${path} is no plain file`);
	await access(path, constants.R_OK).catch((error: unknown) => {
		throw fail(error);
	});
	const chunks = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
		const handle = await open(path, 'r').catch((error: unknown) => {
			throw fail(error);
		});
		try {
			for (;;) {
				// A new one each time: it is handed on, and not copied.
				const chunk = new Uint8Array(chunkBytes);
				const {bytesRead} = await handle.read(chunk, 0, chunkBytes);
				if (bytesRead === 0) return;
				yield chunk.subarray(0, bytesRead);
			}
		} catch (error) {
			throw fail(error);
		} finally {
			await handle.close();
		}
	};
	return {chunks: chunks(), totalBytes: known.size};
};
