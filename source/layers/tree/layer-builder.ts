import {entryKinds, type LayerEntries, type TarEntry} from '../types.ts';
import type {PathStore} from './path-store.ts';

export type LayerBuilder = {
	readonly add: (entry: TarEntry) => void;
	readonly finish: () => LayerEntries;
};

const whiteoutPrefix = '.wh.';
const opaqueMark = '.wh..wh..opq';
const whiteout = entryKinds.indexOf('whiteout');

/** Gathers one layer's entries; markers of a union file system become what they mean (OCI image-spec `layer.md`). */
export const createLayerBuilder = (store: PathStore): LayerBuilder => {
	const indexOfNode = new Map<number, number>();
	const opaque = new Set<number>();
	const targets: string[] = [];
	const [nodes, kinds, sizes, modes, uids, gids, times, sums, attributeSums, links] = Array.from(
		{length: 10},
		(): number[] => [],
	) as [number[], number[], number[], number[], number[], number[], number[], number[], number[], number[]];

	const put = (node: number, kind: number, entry: TarEntry | undefined, link: number): void => {
		const index = indexOfNode.get(node) ?? nodes.length;
		indexOfNode.set(node, index);
		nodes[index] = node;
		kinds[index] = kind;
		sizes[index] = entry?.sizeBytes ?? 0;
		modes[index] = entry?.mode ?? 0;
		uids[index] = entry?.uid ?? 0;
		gids[index] = entry?.gid ?? 0;
		times[index] = entry?.modifiedAtSeconds ?? 0;
		sums[index] = entry?.sum ?? 0;
		attributeSums[index] = entry?.attributesSum ?? 0;
		links[index] = link;
	};

	const linkOf = (entry: TarEntry): number => {
		if (entry.kind === 'hardlink') return store.node(entry.linkTarget);
		if (entry.kind !== 'symlink') return -1;
		targets.push(entry.linkTarget);
		return targets.length - 1;
	};

	return {
		add(entry) {
			const at = entry.path.lastIndexOf('/') + 1;
			const name = entry.path.slice(at);
			if (!name.startsWith(whiteoutPrefix)) {
				put(store.node(entry.path), entryKinds.indexOf(entry.kind), entry, linkOf(entry));
				return;
			}
			const folder = entry.path.slice(0, Math.max(0, at - 1));
			if (name === opaqueMark) opaque.add(store.node(folder));
			// Other names that begin so twice are the union file system's own.
			else if (!name.startsWith('.wh..wh.')) {
				const hidden = name.slice(whiteoutPrefix.length);
				put(store.node(folder === '' ? hidden : `${folder}/${hidden}`), whiteout, undefined, -1);
			}
		},
		finish: () => ({
			count: nodes.length,
			nodes: Int32Array.from(nodes),
			kinds: Uint8Array.from(kinds),
			sizes: Float64Array.from(sizes),
			modes: Uint16Array.from(modes),
			uids: Uint32Array.from(uids),
			gids: Uint32Array.from(gids),
			times: Float64Array.from(times),
			sums: Uint32Array.from(sums),
			attributeSums: Uint32Array.from(attributeSums),
			links: Int32Array.from(links),
			targets,
			opaque: Int32Array.from(opaque),
		}),
	};
};
