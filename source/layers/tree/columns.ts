import type {LayerEntries} from '../types.ts';

/** The columns of a layer while it grows. */
export type Columns = Omit<LayerEntries, 'count' | 'targets' | 'opaque'>;

type OwnColumns = ReturnType<typeof emptyColumns>;

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

/**
 * The same rows with more room, or with less: what is beyond is gone. The memory moves, so that none is left over for
 * the garbage collector: the columns that were given must not be used any more.
 */
export const resized = (from: OwnColumns, length: number): OwnColumns => ({
	nodes: new Int32Array(from.nodes.buffer.transfer(length * 4)),
	kinds: new Uint8Array(from.kinds.buffer.transfer(length)),
	sizes: new Float64Array(from.sizes.buffer.transfer(length * 8)),
	modes: new Uint16Array(from.modes.buffer.transfer(length * 2)),
	uids: new Uint32Array(from.uids.buffer.transfer(length * 4)),
	gids: new Uint32Array(from.gids.buffer.transfer(length * 4)),
	times: new Float64Array(from.times.buffer.transfer(length * 8)),
	sums: new Uint32Array(from.sums.buffer.transfer(length * 4)),
	attributeSums: new Uint32Array(from.attributeSums.buffer.transfer(length * 4)),
	links: new Int32Array(from.links.buffer.transfer(length * 4)),
});

/** The same in memory of its own. */
export const copied = (from: Columns): Columns => ({
	nodes: from.nodes.slice(),
	kinds: from.kinds.slice(),
	sizes: from.sizes.slice(),
	modes: from.modes.slice(),
	uids: from.uids.slice(),
	gids: from.gids.slice(),
	times: from.times.slice(),
	sums: from.sums.slice(),
	attributeSums: from.attributeSums.slice(),
	links: from.links.slice(),
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
