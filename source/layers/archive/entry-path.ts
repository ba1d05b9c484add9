/** Some part of it is empty, `.` or `..`. */
const needsWork = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * The name of an entry as `TarEntry.path` has it: without empty and `.` parts, so also without slashes at its ends.
 * @returns `undefined` for a path with `..` in it: no engine writes one, and what it would overwrite depends on links.
 */
export const entryPath = (path: string): string | undefined => {
	if (!needsWork.test(path)) return path;
	const parts = path.split('/').filter(part => part !== '' && part !== '.');
	return parts.includes('..') ? undefined : parts.join('/');
};
