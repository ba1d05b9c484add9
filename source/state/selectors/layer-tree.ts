import {kindNumber} from '../../layers/tree/entries.ts';
import type {ChangeKind, TreeView} from '../../layers/tree/view.ts';
import {changeKinds} from '../../layers/tree/view.ts';
import {createViewCache} from '../../layers/tree/view-cache.ts';
import type {ImageTree} from '../../layers/types.ts';
import type {State} from '../model.ts';
import {chosenLayer} from './layers-rows.ts';
import {createSelector} from './memo.ts';

/** Who compares goes to and fro between two. */
let views = createViewCache();

const viewOf = (tree: ImageTree | undefined, layer: number, isCumulative: boolean): TreeView | undefined => {
	if (tree !== undefined)
		return tree.layers.length === 0 ? undefined : views.view(tree, {layer, isCumulative});
	views = createViewCache();
	return undefined;
};

const isInspector = ({ui: {screen}}: State): boolean => screen.kind === 'image' && screen.tab === 'layers';

/** The file system up to the layer under the cursor, with what was changed; nothing while no layer is known. */
export const selectTreeView: (state: State) => TreeView | undefined = createSelector(
	(state: State) => [
		isInspector(state) ? state.layers?.tree : undefined,
		chosenLayer(state),
		state.layers?.isCumulative ?? false,
	],
	(tree: ImageTree | undefined, layer: number, isCumulative: boolean): TreeView | undefined =>
		viewOf(tree, layer, isCumulative),
);

/** How many paths of a view are what, directories not counted. */
export type ViewCounts = {readonly [Kind in ChangeKind]: number};

const countsOf = ({own, layers, entries, tree}: TreeView): ViewCounts => {
	const counts = new Uint32Array(changeKinds.length + 1);
	for (let node = 1; node < own.length; node++) {
		const layer = layers[node] ?? -1;
		const kind = layer < 0 ? undefined : tree.layers[layer]?.entries?.kinds[entries[node] ?? -1];
		if (kind === undefined || kind === kindNumber.directory) continue;
		const change = own[node] ?? 0;
		counts[change] = (counts[change] ?? 0) + 1;
	}
	const count = (kind: ChangeKind): number => counts[1 + changeKinds.indexOf(kind)] ?? 0;
	return {
		unmodified: count('unmodified'),
		added: count('added'),
		modified: count('modified'),
		metadata: count('metadata'),
		removed: count('removed'),
	};
};

const known = new WeakMap<TreeView, ViewCounts>();

/** What the view holds, in numbers; each view is counted once. */
export const selectViewCounts = (state: State): ViewCounts | undefined => {
	const view = selectTreeView(state);
	if (view === undefined) return undefined;
	const counts = known.get(view) ?? countsOf(view);
	known.set(view, counts);
	return counts;
};
