import type {PathTable} from '../types.ts';

const grown = <Column extends {readonly length: number; set(from: Column): void}>(
	column: Column,
	make: (length: number) => Column,
): Column => {
	const next = make(column.length * 2);
	next.set(column);
	return next;
};

export type PathStore = {
	/** @param path latin1, without slashes at its ends; the root is empty. @returns its node, made if need be */
	readonly node: (path: string) => number;
	/** The node of a path that is there. */
	readonly find: (path: string) => number | undefined;
	readonly table: () => PathTable;
};

/** Names each path once. */
export const createPathStore = (): PathStore => {
	let count = 1;
	let parents = new Int32Array(1024).fill(-1, 0, 1);
	let nameStarts = new Uint32Array(1025);
	let nameBytes = new Uint8Array(16 * 1024);
	let byteCount = 0;
	// By path: neighbours in an archive share their directory, so most look-ups are of one parent.
	const nodes = new Map<string, number>([['', 0]]);

	const add = (parent: number, name: string): number => {
		if (count === parents.length) {
			parents = grown(parents, length => new Int32Array(length));
			const starts = new Uint32Array(parents.length + 1);
			starts.set(nameStarts);
			nameStarts = starts;
		}
		while (byteCount + name.length > nameBytes.length)
			nameBytes = grown(nameBytes, length => new Uint8Array(length));
		for (let index = 0; index < name.length; index++) nameBytes[byteCount + index] = name.charCodeAt(index);
		byteCount += name.length;
		parents[count] = parent;
		nameStarts[count + 1] = byteCount;
		count += 1;
		return count - 1;
	};

	const node = (path: string): number => {
		const known = nodes.get(path);
		if (known !== undefined) return known;
		const at = path.lastIndexOf('/');
		const parent = node(at === -1 ? '' : path.slice(0, at));
		const made = add(parent, path.slice(at + 1));
		nodes.set(path, made);
		return made;
	};

	return {
		node,
		find: path => nodes.get(path),
		table: () => ({
			count,
			parents: parents.slice(0, count),
			nameStarts: nameStarts.slice(0, count + 1),
			nameBytes: nameBytes.slice(0, byteCount),
		}),
	};
};
