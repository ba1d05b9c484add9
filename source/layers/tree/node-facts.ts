import {type EntryKind, entryKinds} from '../types.ts';
import {childIndex, childrenByName} from './children.ts';
import {impliedMode} from './compare.ts';
import {entryOfInode, inodeOf, layerOfInode, noInode} from './entries.ts';
import {pathOf} from './paths.ts';
import {type ChangeKind, changeKinds, type NodeFacts, type TreeView} from './view.ts';

/** What became of a node; nothing: it is not in this view. */
const changeOf = (view: TreeView, node: number): ChangeKind | undefined =>
	changeKinds[(view.changes[node] ?? 0) - 1];

export const isDirectory = ({tree, layers, entries}: TreeView, node: number): boolean => {
	const layer = layers[node] ?? -1;
	return layer < 0 || kindAt(tree.layers[layer]?.entries?.kinds[entries[node] ?? 0]) === 'directory';
};

const kindAt = (number: number | undefined): EntryKind => entryKinds[number ?? -1] ?? 'directory';

/** All about one node that is in the view; of a hard link mode, owner and time are those of the file. */
export const nodeFacts = (view: TreeView, node: number): NodeFacts => {
	const {tree} = view;
	const layer = view.layers[node] ?? -1;
	const entry = view.entries[node] ?? -1;
	const entries = tree.layers[layer]?.entries;
	const kind = kindAt(entries?.kinds[entry]);
	const target = layer < 0 ? noInode : inodeOf(tree, layer, entry);
	const real = target === noInode ? entries : tree.layers[layerOfInode(target)]?.entries;
	const row = target === noInode ? entry : entryOfInode(target);
	const link = entries?.links[entry] ?? -1;
	const linkTarget = kind === 'hardlink' ? pathOf(tree.paths, link) : entries?.targets[link];
	return {
		node,
		path: pathOf(tree.paths, node),
		kind,
		change: changeOf(view, node) ?? 'unmodified',
		sizeBytes: view.sizes[node] ?? 0,
		mode: real?.modes[row] ?? impliedMode,
		uid: real?.uids[row] ?? 0,
		gid: real?.gids[row] ?? 0,
		modifiedAt: (real?.times[row] ?? 0) * 1000,
		...(linkTarget !== undefined && {linkTarget}),
		layer,
	};
};

/** What is in a directory of the view, removed or not, by name; also what was in it before it became something else. */
export const childrenOf = (view: TreeView, node: number): Int32Array =>
	childrenByName(view.tree.paths, node).filter(child => view.changes[child] !== 0);

export const hasChildren = (view: TreeView, node: number): boolean => {
	const {starts, children} = childIndex(view.tree.paths);
	const end = starts[node + 1] ?? 0;
	for (let at = starts[node] ?? 0; at < end; at++) if (view.changes[children[at] ?? 0] !== 0) return true;
	return false;
};
