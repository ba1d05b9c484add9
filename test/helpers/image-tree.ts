import {createLayerBuilder} from '../../source/layers/tree/layer-builder.ts';
import {createPathStore} from '../../source/layers/tree/path-store.ts';
import type {ImageLayer, ImageTree, TarEntry} from '../../source/layers/types.ts';

export type EntryFacts = Partial<TarEntry> & {readonly path: string};

/** An entry of a layer: a file unless told, a directory when its path ends in a slash. */
const entryOf = ({path, ...facts}: EntryFacts): TarEntry => {
	const isDirectory = path.endsWith('/');
	return {
		path: isDirectory ? path.slice(0, -1) : path,
		kind: isDirectory ? 'directory' : 'file',
		sizeBytes: 0,
		mode: isDirectory ? 0o755 : 0o644,
		uid: 0,
		gid: 0,
		modifiedAtSeconds: 1_700_000_000,
		linkTarget: '',
		sum: facts.sizeBytes ?? 0,
		attributesSum: 0,
		...facts,
	};
};

export type LayerFacts = Partial<Omit<ImageLayer, 'entries' | 'index'>> & {
	/** Paths are files of no bytes; a layer without entries was not read. */
	readonly entries?: readonly (string | EntryFacts)[];
};

/** A tree of these layers, the lowest first. */
export const treeOf = (...layers: readonly LayerFacts[]): ImageTree => {
	const store = createPathStore();
	const read = layers.map(({entries, ...facts}, index): ImageLayer => {
		const base = {
			index,
			diffId: `sha256:${String(index + 1)
				.repeat(64)
				.slice(0, 64)}`,
			createdBy: `/bin/sh -c step ${index + 1}`,
			comment: '',
			...facts,
		};
		if (entries === undefined) return base;
		const builder = createLayerBuilder(store);
		let contentBytes = 0;
		for (const facts of entries) {
			const entry = entryOf(typeof facts === 'string' ? {path: facts} : facts);
			contentBytes += entry.sizeBytes;
			builder.add(entry);
		}
		return {...base, contentBytes, tarBytes: contentBytes + 1024, entries: builder.finish()};
	});
	return {
		paths: store.table(),
		layers: read,
		isComplete: read.every(layer => layer.entries !== undefined),
	};
};
