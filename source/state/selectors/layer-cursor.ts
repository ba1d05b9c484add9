import {childrenByName} from '../../layers/tree/children.ts';
import {changeNumber} from '../../layers/tree/compare.ts';
import {hasChildren, isDirectory, nodeFacts} from '../../layers/tree/node-facts.ts';
import {nameOf} from '../../layers/tree/paths.ts';
import type {NodeFacts, TreeView} from '../../layers/tree/view.ts';
import type {PathTable} from '../../layers/types.ts';
import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import {selectTreeRows} from './layer-files-rows.ts';
import {selectTreeView} from './layer-tree.ts';
import {cursorRowKey} from './rows.ts';

/** The path under the cursor of the files. */
export const cursorNode = (state: State): number | undefined => {
	const key = cursorRowKey(state, 'layerFiles');
	return key === undefined ? undefined : Number(key);
};

/** What is known of the path under the cursor. */
export const cursorFacts = (state: State): NodeFacts | undefined => {
	const view = selectTreeView(state);
	const node = cursorNode(state);
	return view === undefined || node === undefined ? undefined : nodeFacts(view, node);
};

/** Something is in it that could be shown. */
export const canOpen = (state: State, node: number): boolean => {
	const view = selectTreeView(state);
	return view !== undefined && hasChildren(view, node);
};

export const isOpenRow = (state: State, node: number): boolean => {
	const {nodes, open} = selectTreeRows(state);
	return open[nodes.indexOf(node)] === 1;
};

/** The directories around a node, the innermost first, without the root. */
export const ancestors = ({parents}: PathTable, node: number): readonly number[] => {
	const found: number[] = [];
	for (let at = parents[node] ?? 0; at > 0; at = parents[at] ?? 0) found.push(at);
	return found;
};

/** With a directory that holds nothing but one directory, that one too: nobody wants to open a chain link by link. */
export const chainOf = (view: TreeView, node: number): readonly number[] => {
	const chain: number[] = [];
	for (let at: number | undefined = node; at !== undefined; ) {
		chain.push(at);
		const children = childrenByName(view.tree.paths, at).filter(child => view.changes[child] !== 0);
		const [only] = children;
		at = children.length === 1 && only !== undefined && isDirectory(view, only) ? only : undefined;
	}
	return chain;
};

/** All that could stand open. */
export const allFolders = ({tree: {paths}, changes}: TreeView): ReadonlySet<number> => {
	const folders = new Set<number>();
	for (let node = 1; node < paths.count; node++)
		if (changes[node] !== 0) folders.add(paths.parents[node] ?? 0);
	return folders;
};

/** The node of a path (latin1); nothing when no layer has it. */
export const nodeOfPath = (paths: PathTable, path: string): number | undefined => {
	let node = 0;
	for (const name of path.split('/').filter(part => part !== '')) {
		const next = childrenByName(paths, node).find(child => nameOf(paths, child) === name);
		if (next === undefined) return undefined;
		node = next;
	}
	return node;
};

/** Unfolds what a node is in and puts the cursor on it. */
export const revealed = (state: State, node: number): readonly Message[] => {
	const paths = state.layers?.tree?.paths;
	if (state.layers === undefined || paths === undefined) return [];
	const {unfolded} = state.layers;
	const around = ancestors(paths, node).filter(each => !unfolded.has(each));
	return [
		...(around.length === 0
			? []
			: [{type: 'layers/unfolded', unfolded: unfolded.union(new Set(around))} as const]),
		{type: 'ui/landed', list: 'layerFiles', key: String(node)},
	];
};

/** It is only there because something in it changed. */
export const isWayToChange = (state: State, node: number): boolean =>
	selectTreeView(state)?.own[node] === changeNumber.unmodified;
