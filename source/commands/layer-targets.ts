import {pathOf} from '../layers/tree/paths.ts';
import type {State} from '../state/model.ts';
import {chainOf, cursorNode} from '../state/selectors/layer-cursor.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {needsTree} from './layers-scopes.ts';
import type {Command, CommandContext} from './types.ts';

/** Paths (latin1) of nodes that were marked. */
export const pathsOf = ({layers}: State, keys: readonly string[]): readonly string[] => {
	const paths = layers?.tree?.paths;
	return paths === undefined ? [] : keys.map(each => pathOf(paths, Number(each)));
};

const needsRow = (state: State): string | undefined =>
	needsTree(state) ?? (cursorNode(state) === undefined ? 'no file is shown' : undefined);

export const setUnfolded = ({store}: CommandContext, unfolded: ReadonlySet<number>): void => {
	store.dispatch({type: 'layers/unfolded', unfolded});
};

/** Puts the cursor on a node. */
export const land = ({store}: CommandContext, node: number): void => {
	store.dispatch({type: 'ui/landed', list: 'layerFiles', key: String(node)});
};

/** With what is alone in it. */
export const unfold = (context: CommandContext, node: number, state: State): void => {
	const view = selectTreeView(state);
	if (view === undefined || state.layers === undefined) return;
	setUnfolded(context, state.layers.unfolded.union(new Set(chainOf(view, node))));
};

/** A command of the list of files. */
export const treeCommand = (
	facts: Pick<Command, 'id' | 'title' | 'help' | 'keys' | 'run'> & Partial<Command>,
): Command => ({
	scope: 'layerFiles',
	group: 'navigate',
	disabledReason: needsRow,
	...facts,
});
