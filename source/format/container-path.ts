/** Paths inside a container: absolute, with single slashes, without `.` and `..`; `/` is the root. */

/** The path that `text` means when said in a directory. */
export const resolvePath = (directory: string, text: string): string => {
	const parts: string[] = [];
	for (const part of `${text.startsWith('/') ? '' : directory}/${text}`.split('/'))
		if (part === '..') parts.pop();
		else if (part !== '' && part !== '.') parts.push(part);
	return `/${parts.join('/')}`;
};

export const joinPath = (directory: string, name: string): string =>
	directory === '/' ? `/${name}` : `${directory}/${name}`;

/** The directory that holds it; that of the root is the root. */
export const parentPath = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Is it the directory itself, or beneath it? */
export const isWithin = (path: string, directory: string): boolean =>
	path === directory || directory === '/' || path.startsWith(`${directory}/`);
