import {changeBetween} from '../tree/compare.ts';
import {entryBytes, kindNumber} from '../tree/entries.ts';
import {pathOf} from '../tree/paths.ts';
import {absent, addLayer, type Stack} from '../tree/stack.ts';
import {changeKinds} from '../tree/view.ts';
import {entryKinds, type ImageTree, type LayerEntries} from '../types.ts';
import {exportedPath, exportedTarget} from './exported-path.ts';

/** What an entry of a layer is in JSON, by its number; puts the layer on the stack. */
export const layerEntryExport = (
	tree: ImageTree,
	stack: Stack,
	layer: number,
): ((entry: number) => object) | undefined => {
	const entries = tree.layers[layer]?.entries;
	if (entries === undefined) return undefined;
	const before = {
		layers: Int16Array.from(entries.nodes, node => stack.layers[node] ?? absent),
		entries: Int32Array.from(entries.nodes, node => stack.entries[node] ?? -1),
	};
	addLayer(tree, stack, layer);
	const opaque = new Set(entries.opaque);
	return entry => {
		const node = entries.nodes[entry] ?? 0;
		const path = exportedPath(pathOf(tree.paths, node));
		if (entries.kinds[entry] === kindNumber.whiteout) return {...path, change: 'removed'};
		const oldLayer = before.layers[entry] ?? absent;
		const change =
			oldLayer === absent
				? 'added'
				: changeKinds[changeBetween(tree, oldLayer, before.entries[entry] ?? -1, layer, entry) - 1];
		return {
			...path,
			change,
			...factsOf(tree, entries, layer, entry),
			...(opaque.has(node) ? {isOpaque: true} : {}),
		};
	};
};

const factsOf = (tree: ImageTree, entries: LayerEntries, layer: number, entry: number): object => {
	const kind = entries.kinds[entry] ?? 0;
	const link = entries.links[entry] ?? -1;
	return {
		kind: entryKinds[kind],
		...(kind === kindNumber.file || kind === kindNumber.hardlink
			? {bytes: entryBytes(tree, layer, entry)}
			: {}),
		mode: (entries.modes[entry] ?? 0).toString(8).padStart(4, '0'),
		uid: entries.uids[entry],
		gid: entries.gids[entry],
		modifiedAt: timeText((entries.times[entry] ?? 0) * 1000),
		...(kind === kindNumber.symlink ? exportedTarget(entries.targets[link] ?? '') : {}),
		...(kind === kindNumber.hardlink ? exportedTarget(`/${pathOf(tree.paths, link)}`) : {}),
	};
};

/** Years that no calendar has are left out. @param ms since the epoch */
export const timeText = (ms: number | undefined): string | undefined => {
	const date = new Date(ms ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
