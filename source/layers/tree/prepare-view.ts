import {inTurns, type Turn} from '../steps.ts';
import type {ImageTree} from '../types.ts';
import {childIndex} from './children.ts';
import {treeViewSteps} from './tree-view.ts';
import type {TreeView, ViewChoice} from './view.ts';

const prepared = new WeakMap<ImageTree, TreeView>();

/**
 * Makes what a tree's first view needs, in turns: in one go that of 500,000 paths would keep a key waiting for 100 ms,
 * as its code is compiled while it runs.
 */
export const prepareView = async (tree: ImageTree, choice: ViewChoice, turn: Turn): Promise<void> => {
	childIndex(tree.paths);
	if (tree.layers.length === 0 || !(await turn())) return;
	const view = await inTurns(treeViewSteps(tree, choice), turn);
	if (view !== undefined) prepared.set(tree, view);
};

/** The view that was prepared, if it is this one. */
export const preparedView = (tree: ImageTree, {layer, isCumulative}: ViewChoice): TreeView | undefined => {
	const view = prepared.get(tree);
	return view?.choice.layer === layer && view.choice.isCumulative === isCumulative ? view : undefined;
};
