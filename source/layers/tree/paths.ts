import type {PathTable} from '../types.ts';

/** The node's name, latin1; empty for the root. */
export const nameOf = (paths: PathTable, node: number): string => {
	let name = '';
	const end = paths.nameStarts[node + 1] ?? 0;
	for (let at = paths.nameStarts[node] ?? 0; at < end; at++)
		name += String.fromCharCode(paths.nameBytes[at] ?? 0);
	return name;
};

/** The node's path, latin1, without a slash before it; empty for the root. */
export const pathOf = (paths: PathTable, node: number): string => {
	const parts: string[] = [];
	for (let at = node; at > 0; at = paths.parents[at] ?? 0) parts.push(nameOf(paths, at));
	return parts.reverse().join('/');
};

/** Latin1 as it is kept here → the text that was meant; bytes that are no UTF-8 become U+FFFD. */
export const shownPath = (path: string): string => Buffer.from(path, 'latin1').toString('utf8');
