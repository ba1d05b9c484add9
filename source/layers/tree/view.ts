import type {EntryKind, ImageTree} from '../types.ts';

/**
 * What became of a path. `metadata`: the content is the same, mode, owner, time or attributes are not;
 * `modified`: the content or the kind is another one. A directory has what its content has in common, else `modified`.
 */
export const changeKinds = ['unmodified', 'added', 'modified', 'metadata', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type ViewChoice = {
	/** Index of the layer. */
	readonly layer: number;
	/** Changes against the lowest layer instead of against the one below. */
	readonly isCumulative: boolean;
};

/** The file system up to one layer, with what was changed: columns by node. */
export type TreeView = {
	readonly tree: ImageTree;
	readonly choice: ViewChoice;
	/** 0: the path is not there and was not removed; else 1 + the index into `changeKinds`. */
	readonly changes: Uint8Array;
	/** The layer that the node's entry is from, -1 without one (a directory that only its content tells of). */
	readonly layers: Int16Array;
	/** The entry's index in that layer. */
	readonly entries: Int32Array;
	/** Of a file its size, of a directory the sum beneath it, hard links once; what was removed counts with what it was. */
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
	/** Index of the layer that it is from. */
	readonly layer: number;
};

export type RowsChoice = {
	/** Directories that stand open, by node. */
	readonly unfolded: ReadonlySet<number>;
	/** Shown kinds of change. */
	readonly shown: ReadonlySet<ChangeKind>;
	/** Words or a glob, matched against the path; what matches is shown with the directories it is in. */
	readonly pattern: string;
	readonly sort: 'name' | 'size';
};

/** The rows of a view from top to bottom. */
export type TreeRows = {readonly nodes: Int32Array; readonly depths: Uint8Array};
