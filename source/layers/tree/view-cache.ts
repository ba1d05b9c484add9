import type {ImageTree} from '../types.ts';
import {preparedView} from './prepare-view.ts';
import {createTreeView} from './tree-view.ts';
import type {TreeView, ViewChoice} from './view.ts';

/** Views of one tree, made when they are asked for; the last few are kept. */
export type ViewCache = {
	/** The same view for the same tree and choice. */
	readonly view: (tree: ImageTree, choice: ViewChoice) => TreeView;
};

/** @param keptCount how many views are kept; one of 500,000 paths has 10 MB */
export const createViewCache = (keptCount = 4): ViewCache => {
	let kept: readonly TreeView[] = [];
	return {
		view(tree, choice) {
			const isSame = (view: TreeView): boolean =>
				view.tree === tree &&
				view.choice.layer === choice.layer &&
				view.choice.isCumulative === choice.isCumulative;
			const found = kept.find(isSame) ?? preparedView(tree, choice) ?? createTreeView(tree, choice);
			kept = [found, ...kept.filter(view => view !== found && view.tree === tree)].slice(0, keptCount);
			return found;
		},
	};
};
