import {entryKinds, type LayerEntries, type TarEntry} from '../types.ts';
import {type Columns, emptyColumns, isAscending, picked, resized} from './columns.ts';
import type {PathStore} from './path-store.ts';

export type LayerBuilder = {
	readonly add: (entry: TarEntry) => void;
	readonly finish: () => LayerEntries;
};

const whiteoutPrefix = '.wh.';
const opaqueMark = '.wh..wh..opq';
const whiteout = entryKinds.indexOf('whiteout');
const directory = entryKinds.indexOf('directory');
const kindNumbers = new Map(entryKinds.map((kind, index) => [kind, index]));

/** Gathers one layer's entries; markers of a union file system become what they mean (OCI image-spec `layer.md`). */
export const createLayerBuilder = (store: PathStore): LayerBuilder => {
	let columns = emptyColumns(256);
	let count = 0;
	const opaque = new Set<number>();
	const targets: string[] = [];

	const put = (node: number, kind: number, entry: TarEntry | undefined, link: number): void => {
		if (count === columns.nodes.length) columns = resized(columns, count * 2);
		columns.nodes[count] = node;
		columns.kinds[count] = kind;
		columns.links[count] = link;
		if (entry !== undefined) {
			columns.sizes[count] = entry.sizeBytes;
			columns.modes[count] = entry.mode;
			columns.uids[count] = entry.uid;
			columns.gids[count] = entry.gid;
			columns.times[count] = entry.modifiedAtSeconds;
			columns.sums[count] = entry.sum;
			columns.attributeSums[count] = entry.attributesSum;
		}
		count += 1;
	};

	const linkOf = (entry: TarEntry): number => {
		if (entry.kind === 'hardlink') return store.node(entry.linkTarget);
		if (entry.kind !== 'symlink') return -1;
		targets.push(entry.linkTarget);
		return targets.length - 1;
	};

	const marker = (folder: string, name: string): void => {
		if (name === opaqueMark) opaque.add(store.node(folder));
		// Other names that begin so twice are the union file system's own.
		else if (!name.startsWith('.wh..wh.') && name.length > whiteoutPrefix.length) {
			const hidden = name.slice(whiteoutPrefix.length);
			put(store.node(folder === '' ? hidden : `${folder}/${hidden}`), whiteout, undefined, -1);
		}
	};

	return {
		add(entry) {
			const at = entry.path.lastIndexOf('/') + 1;
			if (entry.path.startsWith(whiteoutPrefix, at))
				marker(entry.path.slice(0, Math.max(0, at - 1)), entry.path.slice(at));
			else put(store.node(entry.path), kindNumbers.get(entry.kind) ?? 0, entry, linkOf(entry));
		},
		finish() {
			const rows = rowsByNode(columns, count, opaque);
			const kept = rows === undefined ? resized(columns, count) : picked(columns, rows);
			if (rows !== undefined) resized(columns, 0);
			return {count: kept.nodes.length, ...kept, targets, opaque: Int32Array.from(opaque).sort()};
		},
	};
};

/**
 * The rows to keep, by node, each node once: the last that is there, which wins over a whiteout of the same path
 * wherever it stands. A directory that is whited out too hides what was in it: it joins the opaque ones.
 * @returns nothing where the columns are so already, as those of a lowest layer mostly are
 */
const rowsByNode = ({nodes, kinds}: Columns, count: number, opaque: Set<number>): Int32Array | undefined => {
	if (isAscending(nodes, count)) return undefined;
	const keys = new Float64Array(count);
	for (let row = 0; row < count; row++) keys[row] = (nodes[row] ?? 0) * count + row;
	keys.sort();
	const rows = new Int32Array(count);
	let kept = 0;
	for (const key of keys) {
		const row = key % count;
		const node = nodes[row] ?? 0;
		const before = rows[kept - 1] ?? 0;
		if (kept === 0 || nodes[before] !== node) {
			rows[kept] = row;
			kept += 1;
			continue;
		}
		const isHidden = kinds[row] === whiteout || kinds[before] === whiteout;
		const winner = kinds[row] === whiteout ? before : row;
		if (isHidden && kinds[winner] === directory) opaque.add(node);
		rows[kept - 1] = winner;
	}
	return rows.subarray(0, kept);
};
