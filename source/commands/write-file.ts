import {createWriteStream} from 'node:fs';
import {rename, rm, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {wordsOf} from './toasts.ts';
import {FormProblem} from './types.ts';

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What the system refused, in words that name the place. */
const problemOf = (error: unknown, path: string): FormProblem => {
	switch (codeOf(error)) {
		case 'ENOENT':
			return new FormProblem(`there is no folder ${dirname(path)}`, 'path');
		case 'ENOTDIR':
			return new FormProblem(`${dirname(path)} is no folder`, 'path');
		case 'EACCES':
		case 'EPERM':
			return new FormProblem(`you may not write ${path}`, 'path');
		case 'EROFS':
			return new FormProblem(`${dirname(path)} can only be read`, 'path');
		case 'ENOSPC':
		case 'EDQUOT':
			return new FormProblem(`the disk of ${dirname(path)} is full; nothing was left there`, 'path');
		case 'ENAMETOOLONG':
			return new FormProblem('the name is too long', 'path');
		default:
			return new FormProblem(`cannot write ${path}: ${wordsOf(error)}`, 'path');
	}
};

/** @throws FormProblem when nothing can be written there, or a file is there that may not be overwritten */
export const checkTarget = async (path: string, mayOverwrite: boolean): Promise<void> => {
	const known = await stat(path).catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw problemOf(error, path);
	});
	if (known?.isDirectory()) throw new FormProblem(`${path} is a folder: add a name`, 'path');
	if (known !== undefined && !known.isFile()) throw new FormProblem(`${path} is no plain file`, 'path');
	if (known !== undefined && !mayOverwrite)
		throw new FormProblem(`${path} is there already: switch Overwrite on, or choose another name`, 'path');
};

/**
 * Beside its place first, so that a disk that gets full takes nothing away that was there.
 * @throws FormProblem
 */
export const write = async (
	path: string,
	text: AsyncIterable<string> | Iterable<string>,
	signal: AbortSignal,
	mode = 0o666,
): Promise<void> => {
	const partial = `${path}.${process.pid}.partial`;
	try {
		await pipeline(text, createWriteStream(partial, {flags: 'wx', mode}), {signal});
		await rename(partial, path);
	} catch (error) {
		await rm(partial, {force: true}).catch(() => undefined);
		throw problemOf(error, path);
	}
};
