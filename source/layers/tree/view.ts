import type {EntryKind, ImageTree} from '../types.ts';

/**
 * What became of a path. `metadata`: the content is the same, mode, owner, time (not of a directory) or attributes
 * are not; `modified`: the content or the kind is another one. A directory has what itself and all its content have
 * in common, `metadata` if some of it has and nothing else changed, else `modified`.
 */
export const changeKinds = ['unmodified', 'added', 'modified', 'metadata', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type ViewChoice = {
	/** Index of the layer. */
	readonly layer: number;
	/** Changes against the lowest layer instead of against the one below; of the lowest itself, none. */
	readonly isCumulative: boolean;
};

/** The file system up to one layer, with what was changed: columns by node. */
export type TreeView = {
	readonly tree: ImageTree;
	readonly choice: ViewChoice;
	/** 0: the path is not there and was not removed; else 1 + the index into `changeKinds`. */
	readonly changes: Uint8Array;
	/** As `changes`, of the node alone: of a directory what became of itself, whatever became of its content. */
	readonly own: Uint8Array;
	/** The layer that the node's entry is from, -1 without one (a directory that only its content tells of). */
	readonly layers: Int16Array;
	/** The entry's index in that layer. */
	readonly entries: Int32Array;
	/**
	 * Bytes: of a file its size, by each of its names; of a directory the sum beneath it, a file with several names
	 * once. What was removed has what it had, and counts in directories that were removed with it only.
	 */
	readonly sizes: Float64Array;
};

/** Facts about one node of a view. */
export type NodeFacts = {
	readonly node: number;
	/** Latin1. */
	readonly path: string;
	readonly kind: EntryKind;
	readonly change: ChangeKind;
	readonly sizeBytes: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Epoch ms. */
	readonly modifiedAt: number;
	/** Latin1; of a hard link a path. */
	readonly linkTarget?: string;
	/** Index of the layer that it is from; -1: no layer has an entry of it, only of what is in it. */
	readonly layer: number;
};

export type RowsChoice = {
	/** Directories that stand open, by node. */
	readonly unfolded: ReadonlySet<number>;
	/** Shown kinds of change. */
	readonly shown: ReadonlySet<ChangeKind>;
	/**
	 * Words, all of which the path must hold, or a glob: of the path if there is a slash in it, else of the name. A
	 * capital letter is meant. What matches is shown with the directories it is in, which need not stand open; what
	 * is in a directory that matches is shown as that stands open.
	 */
	readonly pattern: string;
	readonly sort: 'name' | 'size';
};

/** The rows of a view from top to bottom, without the root. */
export type TreeRows = {
	readonly nodes: Int32Array;
	/** 0: in the root; never over 255. */
	readonly depths: Uint8Array;
	/** 1: it has rows beneath it, or would have if it stood open. */
	readonly parents: Uint8Array;
	/** 1: it stands open. */
	readonly open: Uint8Array;
	/** How many nodes the pattern itself fits; 0 without one. */
	readonly matches: number;
};
