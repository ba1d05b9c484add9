import {randomBytes} from 'node:crypto';
import {readFileSync, renameSync} from 'node:fs';
import {chmod, chown, lstat, mkdir, open, readlink, realpath, rm, stat} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {AccountError} from '../accounts-port.ts';

const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'not permitted',
	EISDIR: 'it is a directory',
	ENOTDIR: 'a part of the path is no directory',
	EROFS: 'the file system is read-only',
	ENOSPC: 'no space left on the device',
	EDQUOT: 'the quota of the disk is used up',
	ELOOP: 'its links go round',
};

const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const failure = (path: string, verb: 'read' | 'written', error: unknown): unknown => {
	const code = codeOf(error);
	return code === undefined
		? error
		: new AccountError(`${path} cannot be ${verb}: ${reasons[code] ?? code}`, {cause: error});
};

/** @returns nothing when there is no such file @throws AccountError */
export const readConfigText = (path: string): string | undefined => {
	try {
		const bytes = readFileSync(path);
		const text = bytes.toString('utf8');
		// Else what is no UTF-8 would be written back as something else.
		if (Buffer.compare(Buffer.from(text, 'utf8'), bytes) !== 0)
			throw new AccountError(`${path} is not JSON: it is no UTF-8`);
		return text;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw failure(path, 'read', error);
	}
};

/** The file behind links, also where that is not there yet. */
const targetOf = async (path: string): Promise<string> => {
	try {
		return await realpath(path);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
	const known = await lstat(path).catch(() => undefined);
	return known?.isSymbolicLink() === true ? targetOf(resolve(dirname(path), await readlink(path))) : path;
};

const ownFile = 0o600;
const ownFolder = 0o700;
const permissions = 0o7777;

/** Of what is there now; nothing when it is new. */
const keepFacts = async (target: string, temporary: string, isSecret: boolean): Promise<void> => {
	const known = await stat(target).catch(() => undefined);
	if (known === undefined) return;
	const mode = known.mode & permissions;
	const made = await stat(temporary);
	// Of somebody else's file: as root the owner stays, else it cannot be given away.
	if (made.uid !== known.uid || made.gid !== known.gid)
		await chown(temporary, known.uid, known.gid).catch(() => {});
	await chmod(temporary, isSecret ? mode & ownFile : mode);
};

export type ConfigWrite = {
	/** What was read: when it is another text by now, nothing is written. */
	readonly before: string | undefined;
	readonly after: string;
	/** Whether a secret is in it now: nobody else may read it then. */
	readonly isSecret: boolean;
};

/**
 * Puts a text in the place of another, whole or not at all.
 * @returns false when somebody else has written the file since it was read
 * @throws AccountError
 */
export const replaceConfigText = async (
	path: string,
	{before, after, isSecret}: ConfigWrite,
): Promise<boolean> => {
	try {
		await mkdir(dirname(path), {recursive: true, mode: ownFolder});
		const target = await targetOf(path);
		const temporary = join(dirname(target), `${basename(target)}.${randomBytes(6).toString('hex')}`);
		const file = await open(temporary, 'wx', ownFile);
		try {
			try {
				await file.writeFile(after);
				await file.sync();
			} finally {
				await file.close();
			}
			await keepFacts(target, temporary, isSecret);
			// Without a pause between the look and the deed.
			if (readConfigText(path) !== before) return false;
			renameSync(temporary, target);
			return true;
		} finally {
			await rm(temporary, {force: true});
		}
	} catch (error) {
		throw error instanceof AccountError ? error : failure(path, 'written', error);
	}
};
