import type {LayerEntries} from '../types.ts';

/** The columns of a layer while it grows. */
export type Columns = Omit<LayerEntries, 'count' | 'targets' | 'opaque'>;

export const emptyColumns = (length: number) => ({
	nodes: new Int32Array(length),
	kinds: new Uint8Array(length),
	sizes: new Float64Array(length),
	modes: new Uint16Array(length),
	uids: new Uint32Array(length),
	gids: new Uint32Array(length),
	times: new Float64Array(length),
	sums: new Uint32Array(length),
	attributeSums: new Uint32Array(length),
	links: new Int32Array(length),
});

/** The same rows with room for others. */
export const widened = (from: Columns, length: number): ReturnType<typeof emptyColumns> => {
	const to = emptyColumns(length);
	to.nodes.set(from.nodes);
	to.kinds.set(from.kinds);
	to.sizes.set(from.sizes);
	to.modes.set(from.modes);
	to.uids.set(from.uids);
	to.gids.set(from.gids);
	to.times.set(from.times);
	to.sums.set(from.sums);
	to.attributeSums.set(from.attributeSums);
	to.links.set(from.links);
	return to;
};

/** The first rows, with no room left over. */
export const trimmed = (from: Columns, count: number): Columns => ({
	nodes: from.nodes.slice(0, count),
	kinds: from.kinds.slice(0, count),
	sizes: from.sizes.slice(0, count),
	modes: from.modes.slice(0, count),
	uids: from.uids.slice(0, count),
	gids: from.gids.slice(0, count),
	times: from.times.slice(0, count),
	sums: from.sums.slice(0, count),
	attributeSums: from.attributeSums.slice(0, count),
	links: from.links.slice(0, count),
});

/** The rows of these numbers, in this order. */
export const picked = (from: Columns, rows: Int32Array): Columns => {
	const to = emptyColumns(rows.length);
	for (let at = 0; at < rows.length; at++) {
		const row = rows[at] ?? 0;
		to.nodes[at] = from.nodes[row] ?? 0;
		to.kinds[at] = from.kinds[row] ?? 0;
		to.sizes[at] = from.sizes[row] ?? 0;
		to.modes[at] = from.modes[row] ?? 0;
		to.uids[at] = from.uids[row] ?? 0;
		to.gids[at] = from.gids[row] ?? 0;
		to.times[at] = from.times[row] ?? 0;
		to.sums[at] = from.sums[row] ?? 0;
		to.attributeSums[at] = from.attributeSums[row] ?? 0;
		to.links[at] = from.links[row] ?? 0;
	}
	return to;
};

/** Sorted by node, where they are not. No two have the same. */
export const inNodeOrder = (columns: Columns): Columns => {
	const {nodes} = columns;
	if (isAscending(nodes, nodes.length)) return columns;
	const keys = Float64Array.from(nodes, (node, row) => node * nodes.length + row).sort();
	return picked(
		columns,
		Int32Array.from(keys, key => key % nodes.length),
	);
};

export const isAscending = (nodes: Int32Array, count: number): boolean => {
	for (let row = 1; row < count; row++) if ((nodes[row] ?? 0) <= (nodes[row - 1] ?? 0)) return false;
	return true;
};
