import type {ImageTree} from '../../layers/types.ts';

/** Two images side by side. */
export type CompareView = {
	readonly trees: readonly [ImageTree | undefined, ImageTree | undefined];
};

export type CompareMessage = {
	readonly type: 'compare/tree-arrived';
	readonly side: 0 | 1;
	readonly tree: ImageTree;
};
