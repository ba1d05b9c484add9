import {createLayerBuilder} from '../../source/layers/tree/layer-builder.ts';
import {childrenOf, nodeFacts} from '../../source/layers/tree/node-facts.ts';
import {createPathStore} from '../../source/layers/tree/path-store.ts';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';
import type {NodeFacts, TreeView} from '../../source/layers/tree/view.ts';
import type {ImageLayer, ImageTree, TarEntry} from '../../source/layers/types.ts';

type Facts = Partial<Omit<TarEntry, 'path' | 'kind'>>;

const entry = (path: string, kind: TarEntry['kind'], facts: Facts): TarEntry => ({
	path,
	kind,
	sizeBytes: 0,
	mode: 0o644,
	uid: 0,
	gid: 0,
	modifiedAtSeconds: 1_700_000_000,
	linkTarget: '',
	sum: 0,
	attributesSum: 0,
	...facts,
});

/** A file of that size; `sum` stands for its content. */
export const file = (path: string, sizeBytes = 1, facts: Facts = {}): TarEntry =>
	entry(path, 'file', {sizeBytes, sum: sizeBytes, ...facts});
export const directory = (path: string, facts: Facts = {}): TarEntry =>
	entry(path, 'directory', {mode: 0o755, ...facts});
export const symlink = (path: string, linkTarget: string, facts: Facts = {}): TarEntry =>
	entry(path, 'symlink', {mode: 0o777, linkTarget, ...facts});
export const hardlink = (path: string, linkTarget: string, facts: Facts = {}): TarEntry =>
	entry(path, 'hardlink', {linkTarget, ...facts});
export const device = (path: string, major: number, minor: number, facts: Facts = {}): TarEntry =>
	entry(path, 'character-device', {sum: major * 2 ** 20 + minor, ...facts});
/** The marker of a path that is gone. */
export const gone = (path: string): TarEntry => file(path.replace(/[^/]*$/, '.wh.$&'), 0);
/** The marker of a directory that hides what lower layers have in it. */
export const opaque = (path: string): TarEntry => file(`${path}/.wh..wh..opq`, 0);

/** An image of these layers, the lowest first. */
export const imageOf = (...layers: readonly (readonly TarEntry[])[]): ImageTree => {
	const store = createPathStore();
	const built = layers.map((entries, index): ImageLayer => {
		const builder = createLayerBuilder(store);
		for (const each of entries) builder.add(each);
		return {
			index,
			diffId: `sha256:${index.toString(16).padStart(64, '0')}`,
			createdBy: `RUN step ${index}`,
			comment: '',
			contentBytes: entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
			entries: builder.finish(),
		};
	});
	return {paths: store.table(), layers: built, isComplete: true};
};

/** The facts of a path, nothing where the view has none. */
export const factsAt = (view: TreeView, path: string): NodeFacts | undefined => {
	let node: number | undefined = 0;
	for (const name of path === '' ? [] : path.split('/')) {
		const from: number = node;
		node = [...childrenOf(view, from)].find(child => nodeFacts(view, child).path.split('/').at(-1) === name);
		if (node === undefined) return undefined;
	}
	return nodeFacts(view, node);
};

const signs = {unmodified: ' ', added: '+', modified: '~', metadata: '%', removed: '-'} as const;

/** A view line by line, as `+ path size`; directories end with a slash. */
export const drawn = (view: TreeView): readonly string[] => {
	const lines: string[] = [];
	const visit = (node: number): void => {
		for (const child of childrenOf(view, node)) {
			const {path, kind, change, sizeBytes} = nodeFacts(view, child);
			lines.push(`${signs[change]} ${path}${kind === 'directory' ? '/' : ''} ${sizeBytes}`);
			visit(child);
		}
	};
	visit(0);
	return lines;
};

/** The view of a layer, by default of the uppermost. */
export const viewOf = (tree: ImageTree, layer = tree.layers.length - 1, isCumulative = false): TreeView =>
	createTreeView(tree, {layer, isCumulative});
