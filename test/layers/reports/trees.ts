import {createLayerBuilder} from '../../../source/layers/tree/layer-builder.ts';
import {createPathStore} from '../../../source/layers/tree/path-store.ts';
import type {ImageConfig, ImageTree, TarEntry} from '../../../source/layers/types.ts';

/** Something in a layer: what is not said is a file of no bytes, `rw-r--r--`, of root. */
export type Made = Partial<TarEntry> & {readonly path: string};

export const file = (path: string, sizeBytes: number, facts: Partial<TarEntry> = {}): Made => ({
	path,
	sizeBytes,
	// The same size is the same content unless the test says otherwise.
	sum: sizeBytes + 1,
	...facts,
});
export const directory = (path: string, facts: Partial<TarEntry> = {}): Made => ({
	path,
	kind: 'directory',
	mode: 0o755,
	...facts,
});
export const hardlink = (path: string, linkTarget: string): Made => ({path, kind: 'hardlink', linkTarget});
export const symlink = (path: string, linkTarget: string): Made => ({path, kind: 'symlink', linkTarget});
/** Of the path that is no more. */
export const whiteout = (path: string): Made => {
	const at = path.lastIndexOf('/') + 1;
	return {path: `${path.slice(0, at)}.wh.${path.slice(at)}`};
};
export const opaque = (path: string): Made => ({path: `${path}/.wh..wh..opq`});

const entryOf = (made: Made): TarEntry => ({
	kind: 'file',
	sizeBytes: 0,
	mode: 0o644,
	uid: 0,
	gid: 0,
	modifiedAtSeconds: 0,
	linkTarget: '',
	sum: 0,
	attributesSum: 0,
	...made,
});

/** An image whose layers, the lowest first, hold these entries. */
export const treeOf = (
	layers: readonly (readonly Made[])[],
	{config, diffIds = []}: {readonly config?: ImageConfig; readonly diffIds?: readonly string[]} = {},
): ImageTree => {
	const store = createPathStore();
	const built = layers.map((entries, index) => {
		const builder = createLayerBuilder(store);
		for (const entry of entries) builder.add(entryOf(entry));
		const content = entries.reduce((sum, {sizeBytes = 0}) => sum + sizeBytes, 0);
		return {
			index,
			diffId: diffIds[index] ?? `sha256:${index}`,
			createdBy: `RUN step ${index}`,
			comment: '',
			tarBytes: content + entries.length * 512,
			contentBytes: content,
			entries: builder.finish(),
		};
	});
	return {paths: store.table(), layers: built, isComplete: true, ...(config === undefined ? {} : {config})};
};
