import type {PathTable} from '../types.ts';
import {mixed, nameHash} from './name-hash.ts';

export type PathStore = {
	/** @param path latin1, without slashes at its ends; the root is empty. @returns its node, made if need be */
	readonly node: (path: string) => number;
	/** The node of a path that is there. */
	readonly find: (path: string) => number | undefined;
	/** The node of a name in a directory, made if need be. */
	readonly child: (parent: number, name: string) => number;
	/** How many nodes there are, the root among them. */
	readonly count: () => number;
	/** The nodes from a number on, to be appended to those before; `nameStarts` count from the first name of all. */
	readonly tableFrom: (node: number) => PathTable;
	readonly table: () => PathTable;
	/** As `table`, in the store's own memory: good until the next path comes. */
	readonly view: () => PathTable;
};

/** Names each path once, in a hash table over (directory, name) that is made of three arrays. */
export const createPathStore = (): PathStore => {
	let count = 1;
	let parents = new Int32Array(1024).fill(-1, 0, 1);
	let nameStarts = new Uint32Array(1025);
	let nameBytes = new Uint8Array(16 * 1024);
	let byteCount = 0;
	/** The node at each place, 0 for none: the root is nobody's child. */
	let slots = new Int32Array(2048);
	let lastFolder = '';
	let lastFolderNode = 0;

	const isNamed = (node: number, name: string): boolean => {
		const start = nameStarts[node] ?? 0;
		if ((nameStarts[node + 1] ?? 0) - start !== name.length) return false;
		for (let index = 0; index < name.length; index++)
			if (nameBytes[start + index] !== name.charCodeAt(index)) return false;
		return true;
	};

	/** Where it stands, or where it would. */
	const slotOf = (parent: number, name: string): number => {
		const mask = slots.length - 1;
		let slot = mixed(parent, nameHash(name)) & mask;
		for (;;) {
			const node = slots[slot] ?? 0;
			if (node === 0 || (parents[node] === parent && isNamed(node, name))) return slot;
			slot = (slot + 1) & mask;
		}
	};

	const widenSlots = (): void => {
		const {length, buffer} = slots;
		buffer.transfer(0);
		slots = new Int32Array(length * 2);
		const mask = slots.length - 1;
		for (let node = 1; node < count; node++) {
			let hash = 0x811c9dc5;
			const end = nameStarts[node + 1] ?? 0;
			for (let at = nameStarts[node] ?? 0; at < end; at++)
				hash = Math.imul(hash ^ (nameBytes[at] ?? 0), 0x01000193);
			let slot = mixed(parents[node] ?? 0, hash) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = node;
		}
	};

	const add = (parent: number, name: string): number => {
		if (count === parents.length) {
			// Moved, not copied: nothing is left over for the garbage collector.
			const length = count + (count >> 1);
			parents = new Int32Array(parents.buffer.transfer(length * 4));
			nameStarts = new Uint32Array(nameStarts.buffer.transfer((length + 1) * 4));
		}
		if (byteCount + name.length > nameBytes.length) {
			const length = Math.max(byteCount + name.length, Math.ceil(nameBytes.length * 1.5));
			nameBytes = new Uint8Array(nameBytes.buffer.transfer(length));
		}
		for (let index = 0; index < name.length; index++) nameBytes[byteCount + index] = name.charCodeAt(index);
		byteCount += name.length;
		parents[count] = parent;
		nameStarts[count + 1] = byteCount;
		count += 1;
		return count - 1;
	};

	const child = (parent: number, name: string): number => {
		const slot = slotOf(parent, name);
		const known = slots[slot] ?? 0;
		if (known !== 0) return known;
		const node = add(parent, name);
		slots[slot] = node;
		if (count * 3 > slots.length * 2) widenSlots();
		return node;
	};

	const folderNode = (folder: string): number => {
		// Neighbours in an archive share their directory.
		if (folder === lastFolder) return lastFolderNode;
		let node = 0;
		for (const name of folder.split('/')) node = child(node, name);
		lastFolder = folder;
		lastFolderNode = node;
		return node;
	};

	const tableFrom = (node: number): PathTable => ({
		count: count - node,
		parents: parents.slice(node, count),
		nameStarts: nameStarts.slice(node, count + 1),
		nameBytes: nameBytes.slice(nameStarts[node] ?? 0, byteCount),
	});

	return {
		node(path) {
			if (path === '') return 0;
			const at = path.lastIndexOf('/');
			return child(at === -1 ? 0 : folderNode(path.slice(0, at)), path.slice(at + 1));
		},
		find(path) {
			let node = 0;
			for (const name of path === '' ? [] : path.split('/')) {
				node = slots[slotOf(node, name)] ?? 0;
				if (node === 0) return undefined;
			}
			return node;
		},
		child,
		count: () => count,
		tableFrom,
		table: () => tableFrom(0),
		view: () => ({count, parents, nameStarts, nameBytes}),
	};
};
