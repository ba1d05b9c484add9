import {setImmediate as nextTurn} from 'node:timers/promises';
import {createLayerBuilder} from '../../../source/layers/tree/layer-builder.ts';
import {createPathStore} from '../../../source/layers/tree/path-store.ts';
import {prepareView} from '../../../source/layers/tree/prepare-view.ts';
import {treeRows} from '../../../source/layers/tree/tree-rows.ts';
import {changeKinds} from '../../../source/layers/tree/view.ts';
import {createViewCache} from '../../../source/layers/tree/view-cache.ts';
import type {ImageTree, TarEntry} from '../../../source/layers/types.ts';

export type TreeProbe = {
	/** Of each layer opened, and of each toggle between its changes and all up to it, to the rows; the medians. */
	readonly openMs: number;
	readonly toggleMs: number;
	/** The slowest of them, and of the steps that the first was prepared in. */
	readonly worstMs: number;
};

export const entriesOf = ({layers}: ImageTree): number =>
	layers.reduce((sum, {entries}) => sum + (entries?.count ?? 0), 0);

const layerCount = 10;
const filesPerFolder = 50;

/** Ten layers: new files in each, and some of the layer before written over or removed. */
function madeTree(files: number): ImageTree {
	const store = createPathStore();
	const perLayer = Math.floor(files / layerCount);
	const layers = Array.from({length: layerCount}, (_, index) => {
		const builder = createLayerBuilder(store);
		const add = (path: string, facts: Partial<TarEntry> = {}): void =>
			builder.add({...plain, path, ...facts});
		const pathOf = (layer: number, file: number): string => {
			const folder = Math.floor(file / filesPerFolder);
			return `usr/part-${layer}/group-${Math.floor(folder / 40)}/folder-${folder}/file-${file}.js`;
		};
		for (let file = 0; file < perLayer; file += 1)
			add(pathOf(index, file), {sizeBytes: file % 7919, sum: file});
		for (let file = 0; index > 0 && file < perLayer; file += 100) {
			add(pathOf(index - 1, file), {sizeBytes: file, sum: file + 1});
			add(pathOf(index - 1, file + 1).replace(/[^/]*$/, '.wh.$&'));
		}
		return {index, diffId: `sha256:${index}`, createdBy: '', comment: '', entries: builder.finish()};
	});
	return {paths: store.table(), layers, isComplete: true};
}

const plain: TarEntry = {
	path: '',
	kind: 'file',
	sizeBytes: 0,
	mode: 0o644,
	uid: 0,
	gid: 0,
	modifiedAtSeconds: 0,
	linkTarget: '',
	sum: 0,
	attributesSum: 0,
};

const choice = {unfolded: new Set<number>(), shown: new Set(changeKinds), pattern: '', sort: 'name'} as const;

/** As the inspector does it when a tree has come, another layer is chosen, or `b` is pressed. */
export async function measureTree(files: number): Promise<TreeProbe> {
	const tree = madeTree(files);
	const views = createViewCache();
	const timed = (layer: number, isCumulative: boolean): number => {
		const startedAt = performance.now();
		treeRows(views.view(tree, {layer, isCumulative}), choice);
		return performance.now() - startedAt;
	};
	const steps: number[] = [];
	let startedAt = performance.now();
	await prepareView(tree, {layer: 0, isCumulative: false}, async () => {
		steps.push(performance.now() - startedAt);
		await nextTurn();
		startedAt = performance.now();
		return true;
	});
	steps.push(performance.now() - startedAt);
	const opened = tree.layers.map(({index}) => timed(index, false));
	const toggled = tree.layers.map(({index}) => timed(index, true));
	return {
		openMs: medianOf(opened),
		toggleMs: medianOf(toggled),
		worstMs: Math.max(...steps, ...opened, ...toggled),
	};
}

const medianOf = (values: readonly number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
