import type {PathTable} from '../types.ts';

/** The node's name, latin1; empty for the root. */
export const nameOf = ({nameStarts, nameBytes}: PathTable, node: number): string =>
	Buffer.from(nameBytes.buffer, nameBytes.byteOffset, nameBytes.byteLength).toString(
		'latin1',
		nameStarts[node],
		nameStarts[node + 1],
	);

/** The node's path, latin1, without a slash before it; empty for the root. */
export const pathOf = (paths: PathTable, node: number): string => {
	const parts: string[] = [];
	for (let at = node; at > 0; at = paths.parents[at] ?? 0) parts.push(nameOf(paths, at));
	return parts.reverse().join('/');
};

/** Latin1 as it is kept here → the text that was meant; bytes that are no UTF-8 become U+FFFD. */
export const shownPath = (path: string): string =>
	beyondAscii.test(path) ? Buffer.from(path, 'latin1').toString('utf8') : path;

const beyondAscii = /[\x80-\xff]/;
