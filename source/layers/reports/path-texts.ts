import type {PathTable} from '../types.ts';

/** The names of all nodes, latin1; some 50 ns for each. */
export const nameReader = ({nameStarts, nameBytes}: PathTable): ((node: number) => string) => {
	const all = Buffer.from(nameBytes.buffer, nameBytes.byteOffset, nameBytes.byteLength).toString('latin1');
	return node => all.slice(nameStarts[node], nameStarts[node + 1]);
};

/** The paths of many nodes, latin1; those of directories are kept. */
export const pathReader = (paths: PathTable): ((node: number) => string) => {
	const nameOf = nameReader(paths);
	const folders = new Map<number, string>([[0, '']]);
	const folderOf = (node: number): string => {
		const known = folders.get(node);
		if (known !== undefined) return known;
		const made = `${folderOf(paths.parents[node] ?? 0)}${nameOf(node)}/`;
		folders.set(node, made);
		return made;
	};
	return node => (node === 0 ? '' : folderOf(paths.parents[node] ?? 0) + nameOf(node));
};
