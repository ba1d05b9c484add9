/** This machine's file system refused; nothing that an engine said. */
export class LocalFileError extends Error {
	override readonly name = 'LocalFileError';
}

const words: Readonly<Record<string, string>> = {
	ENOSPC: 'no space left on this disk',
	EDQUOT: 'the disk quota is used up',
	EACCES: 'no permission here',
	EPERM: 'not permitted here',
	EROFS: 'the file system here is read-only',
	EEXIST: 'it exists already',
	ENOENT: 'no such file or directory',
	ENOTDIR: 'a part of the path is no directory',
	EISDIR: 'it is a directory',
	ENAMETOOLONG: 'the name is too long for this file system',
	ELOOP: 'it leads through a link',
	EIO: 'the disk does not answer right',
};

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Is it the file system that says no, rather than a fault of ours? */
export const isFileSystemError = (error: unknown): boolean =>
	error instanceof Error && 'syscall' in error && codeOf(error) !== '';

/** What a person understands of an error of the file system. */
export const localReason = (error: unknown): string =>
	words[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));

const hopeless: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** Nothing that comes after it will fare better. */
export const isHopeless = (error: unknown): boolean => hopeless.has(codeOf(error));

export const isCode = (error: unknown, code: string): boolean => codeOf(error) === code;
