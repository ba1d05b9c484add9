import {nodeFacts} from '../../layers/tree/node-facts.ts';
import {treeRows} from '../../layers/tree/tree-rows.ts';
import type {ChangeKind, RowsChoice, TreeRows, TreeView} from '../../layers/tree/view.ts';
import {entryKinds} from '../../layers/types.ts';
import type {LayerFileRow} from '../../resources/layer-files.ts';
import type {State} from '../model.ts';
import type {RowKeys} from '../slices/lists.ts';
import {selectTreeView} from './layer-tree.ts';
import {createSelector} from './memo.ts';

const nothing: TreeRows = {
	nodes: new Int32Array(),
	depths: new Uint8Array(),
	parents: new Uint8Array(),
	open: new Uint8Array(),
	matches: 0,
};

const empty: ReadonlySet<never> = new Set();

/** Who compares goes to and fro between two views: of each the rows are made once. */
const rowsKept = 3;
let made: readonly {readonly view: TreeView; readonly choice: RowsChoice; readonly rows: TreeRows}[] = [];

const rowsOf = (view: TreeView, choice: RowsChoice): TreeRows => {
	const known = made.find(
		each =>
			each.view === view &&
			each.choice.unfolded === choice.unfolded &&
			each.choice.shown === choice.shown &&
			each.choice.pattern === choice.pattern &&
			each.choice.sort === choice.sort,
	);
	const found = known ?? {view, choice, rows: treeRows(view, choice)};
	made = [found, ...made.filter(each => each !== found && each.view.tree === view.tree)].slice(0, rowsKept);
	return found.rows;
};

const sortOf = (state: State): 'name' | 'size' =>
	state.ui.lists.layerFiles.sortBy === 'size' ? 'size' : 'name';

/** Nodes of what the list of files shows, in order. */
export const selectTreeRows: (state: State) => TreeRows = createSelector(
	(state: State) => [
		selectTreeView(state),
		state.layers?.unfolded ?? empty,
		state.layers?.shown ?? empty,
		state.ui.lists.layerFiles.filter,
		sortOf(state),
	],
	(
		view: TreeView | undefined,
		unfolded: ReadonlySet<number>,
		shown: ReadonlySet<ChangeKind>,
		pattern: string,
		sort: 'name' | 'size',
	): TreeRows => {
		if (view !== undefined) return rowsOf(view, {unfolded, shown, pattern, sort});
		made = [];
		return nothing;
	},
);

/** The row of a node, else of the nearest directory around it that is shown: where its place is when it is folded away. */
const rowOfNode = ({nodes}: TreeRows, parents: Int32Array | undefined, node: number): number => {
	for (let at = node; at > 0; at = parents?.[at] ?? 0) {
		const row = nodes.indexOf(at);
		if (row !== -1) return row;
	}
	return -1;
};

const keysOf = (rows: TreeRows, view: TreeView | undefined): RowKeys => {
	const {nodes} = rows;
	return {
		length: nodes.length,
		at: index => (index >= 0 && index < nodes.length ? String(nodes[index]) : undefined),
		indexOf: key => rowOfNode(rows, view?.tree.paths.parents, Number(key)),
		*[Symbol.iterator]() {
			for (const node of nodes) yield String(node);
		},
	};
};

/** Each key is made when it is asked for: there may be half a million. */
export const selectLayerFileKeys: (state: State) => RowKeys = createSelector(
	(state: State) => [selectTreeRows(state), selectTreeView(state)],
	keysOf,
);

/** Whether a key names a path of what was read. */
export const isLayerFile = ({layers}: State, key: string): boolean =>
	Number(key) < (layers?.tree?.paths.count ?? 0);

const devices: ReadonlySet<string> = new Set(['character-device', 'block-device']);
const minors = 2 ** 20;

const deviceOf = ({tree, layers, entries}: TreeView, node: number): string | undefined => {
	const of = tree.layers[layers[node] ?? -1]?.entries;
	const entry = entries[node] ?? -1;
	const kind = entryKinds[of?.kinds[entry] ?? -1];
	if (of === undefined || kind === undefined || !devices.has(kind)) return undefined;
	const sum = of.sums[entry] ?? 0;
	return `${Math.floor(sum / minors)}, ${sum % minors}`;
};

const rowAt = (view: TreeView, rows: TreeRows, index: number, marks: ReadonlySet<string>): LayerFileRow => {
	const node = rows.nodes[index] ?? 0;
	const device = deviceOf(view, node);
	const key = String(node);
	return {
		key,
		facts: nodeFacts(view, node),
		depth: rows.depths[index] ?? 0,
		isFolder: rows.parents[index] === 1,
		isOpen: rows.open[index] === 1,
		isMarked: marks.has(key),
		...(device !== undefined && {device}),
	};
};

/** The rows of a window: no others are made. */
export const layerFileRows = (state: State, from: number, height: number): readonly LayerFileRow[] => {
	const view = selectTreeView(state);
	if (view === undefined) return [];
	const rows = selectTreeRows(state);
	const {marks} = state.ui.lists.layerFiles;
	const count = Math.max(0, Math.min(height, rows.nodes.length - from));
	return Array.from({length: count}, (_, index) => rowAt(view, rows, from + index, marks));
};
