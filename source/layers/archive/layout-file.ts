import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {entryPath} from './entry-path.ts';

/** @returns `undefined` when there is no file of this name in the folder */
export const fileAt = async (
	folder: string,
	path: string,
): Promise<{readonly file: string; readonly size: number} | undefined> => {
	const safe = entryPath(path);
	if (safe === undefined || safe === '') return undefined;
	const file = join(folder, safe);
	try {
		const found = await stat(file);
		return found.isFile() ? {file, size: found.size} : undefined;
	} catch (error) {
		if (isAbsence(error)) return undefined;
		throw error;
	}
};

/** Nothing is there. */
export const isAbsence = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
