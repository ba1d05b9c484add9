import {changeNumber} from '../tree/compare.ts';
import {viewSizes} from '../tree/sizes.ts';
import {absent, addLayers, emptyStack} from '../tree/stack.ts';
import type {ImageTree} from '../types.ts';

/** The file system that a container of the image starts with: columns by node of the tree's paths. */
export type FinalState = {
	/** The layer that the node's entry is from; negative: it is not there, or no entry tells of it. */
	readonly layers: Int16Array;
	/** The entry in that layer. */
	readonly entries: Int32Array;
	/** As `TreeView.sizes`. */
	readonly bytes: Float64Array;
	/** Not 0: the path is there, a directory without an entry of its own too. */
	readonly isThere: Uint8Array;
};

/** What is left when all layers that were read are stacked. */
export const finalStateOf = (tree: ImageTree): FinalState => {
	const stack = emptyStack(tree.paths.count);
	addLayers(tree, stack, 0, tree.layers.length - 1);
	const isThere = Uint8Array.from(stack.layers, layer => (layer === absent ? 0 : changeNumber.unmodified));
	return {...stack, isThere, bytes: viewSizes(tree, {...stack, own: isThere})};
};
