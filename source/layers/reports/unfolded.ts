import type {FileComparison} from './compare-files.ts';
import {comparedRows} from './compare-rows.ts';

const everyChange = new Set(['added', 'modified', 'metadata', 'removed'] as const);

/**
 * Directories that may stand open for not more than so many rows, level by level: what differs is seen at once where
 * it is little, and where it is much its places are.
 */
export const unfoldedFor = (files: FileComparison, mostRows: number): ReadonlySet<number> => {
	const open = new Set<number>();
	for (;;) {
		const {
			nodes,
			parents,
			open: isOpen,
		} = comparedRows(files, {unfolded: open, shown: everyChange, sort: 'path'});
		const closed = [...nodes].filter((_, row) => parents[row] === 1 && isOpen[row] === 0);
		if (closed.length === 0) return open;
		const wider = open.union(new Set(closed));
		const {nodes: more} = comparedRows(files, {unfolded: wider, shown: everyChange, sort: 'path'});
		if (more.length > mostRows) return open;
		for (const node of closed) open.add(node);
	}
};
