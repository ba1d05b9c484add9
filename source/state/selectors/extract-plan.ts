import {baseName} from '../../format/container-path.ts';
import {childrenByName} from '../../layers/tree/children.ts';
import {entryOfInode, inodeOf, layerOfInode, noInode} from '../../layers/tree/entries.ts';
import {nodeFacts} from '../../layers/tree/node-facts.ts';
import {pathOf, shownPath} from '../../layers/tree/paths.ts';
import type {NodeFacts, TreeView} from '../../layers/tree/view.ts';
import type {ContentPlace, ExtractEntry} from '../views/image-jobs.ts';

/** What is to be written, directories before what is in them; and how many bytes of content that takes. */
export type ExtractPlan = {readonly entries: readonly ExtractEntry[]; readonly totalBytes: number};

/** Where the content of a file is kept: of a hard link with the name that has it. Nothing for a link to nothing. */
export const contentPlace = ({tree, entries}: TreeView, facts: NodeFacts): ContentPlace | undefined => {
	const inode = inodeOf(tree, facts.layer, entries[facts.node] ?? -1);
	const layer = tree.layers[layerOfInode(inode)];
	if (inode === noInode || layer?.entries === undefined) return undefined;
	const path = pathOf(tree.paths, layer.entries.nodes[entryOfInode(inode)] ?? 0);
	const {index, diffId, blob} = layer;
	return {layer: index, diffId, path, ...(blob !== undefined && {blob})};
};

const placeKey = ({layer, path}: ContentPlace): string => `${layer} ${path}`;

const children = (view: TreeView, node: number, isRemoved: boolean): readonly number[] =>
	[...childrenByName(view.tree.paths, node)].filter(child => {
		const change = view.changes[child] ?? 0;
		return change !== 0 && (isRemoved || nodeFacts(view, child).change !== 'removed');
	});

const createPlan = (view: TreeView, onlyLayer: number | undefined) => {
	const entries: ExtractEntry[] = [];
	const homes = new Map<string, string>();
	let totalBytes = 0;

	const fileEntry = (facts: NodeFacts, path: string, base: ExtractEntry['facts']): ExtractEntry => {
		const place = contentPlace(view, facts);
		if (place === undefined) return {path, facts: {...base, kind: 'file'}};
		const home = homes.get(placeKey(place));
		if (home !== undefined) return {path, facts: {...base, kind: 'hardlink', linkTarget: home}};
		homes.set(placeKey(place), path);
		totalBytes += facts.sizeBytes;
		return {path, facts: {...base, kind: 'file'}, content: place};
	};

	const entryAt = (facts: NodeFacts, path: string): ExtractEntry => {
		const {sizeBytes, mode, modifiedAt, kind, linkTarget} = facts;
		const base = {name: baseName(path), sizeBytes, mode, modifiedAt};
		if (kind === 'file' || kind === 'hardlink') return fileEntry(facts, path, {...base, kind: 'file'});
		const isPlain = kind === 'whiteout';
		const target = linkTarget === undefined ? {} : {linkTarget: shownPath(linkTarget)};
		return {path, facts: {...base, kind: isPlain ? 'file' : kind, ...target}};
	};

	/** @returns whether anything was written there */
	const add = (node: number, path: string, isRemoved: boolean): boolean => {
		const facts = nodeFacts(view, node);
		const isOwn = onlyLayer === undefined || facts.layer === onlyLayer;
		const at = entries.length;
		const below = facts.kind === 'directory' ? children(view, node, isRemoved) : [];
		if (facts.kind === 'directory') entries.push(entryAt(facts, path));
		else if (isOwn) entries.push(entryAt(facts, path));
		const written = below.map(child => {
			const name = shownPath(pathOf(view.tree.paths, child)).split('/').at(-1) ?? '';
			return add(child, `${path}/${name}`, isRemoved);
		});
		if (isOwn || written.includes(true)) return true;
		// A directory of another layer with nothing of this one in it.
		entries.length = at;
		return false;
	};

	return {
		add(node: number): void {
			const facts = nodeFacts(view, node);
			add(node, baseName(`/${shownPath(facts.path)}`), facts.change === 'removed');
		},
		finish: (): ExtractPlan => ({entries, totalBytes}),
	};
};

/**
 * What has to be written to extract some paths of a view with all that is in them. What was removed is left out, unless
 * it was removed with the path that is asked for: then that is what is wanted.
 * @param onlyLayer nothing but what this layer itself has
 */
export const extractPlan = (
	view: TreeView,
	nodes: readonly number[],
	onlyLayer: number | undefined,
): ExtractPlan => {
	const plan = createPlan(view, onlyLayer);
	const chosen = new Set(nodes);
	const {parents} = view.tree.paths;
	const isWithin = (node: number): boolean => {
		for (let at = parents[node] ?? 0; at > 0; at = parents[at] ?? 0) if (chosen.has(at)) return true;
		return false;
	};
	for (const node of nodes) if (!isWithin(node)) plan.add(node);
	return plan.finish();
};
