/**
 * How long the inspector's steps take on a large image: `node scripts/bench/layer-views.ts [PATHS] [LAYERS]`,
 * by default 500,000 paths in 10 layers. Median and most of each, and the median of its CPU, in ms.
 */
import process from 'node:process';
import {createLayerBuilder} from '../../source/layers/tree/layer-builder.ts';
import {layerFacts} from '../../source/layers/tree/layer-facts.ts';
import {createPathStore} from '../../source/layers/tree/path-store.ts';
import {treeRows} from '../../source/layers/tree/tree-rows.ts';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';
import {changeKinds} from '../../source/layers/tree/view.ts';
import type {ImageTree, TarEntry} from '../../source/layers/types.ts';

const [pathCount = 500_000, layerCount = 10] = process.argv.slice(2).map(Number);

const entry = (path: string, kind: TarEntry['kind'], n: number): TarEntry => ({
	path,
	kind,
	sizeBytes: kind === 'file' ? n % 10_000 : 0,
	mode: 0o644,
	uid: 0,
	gid: 0,
	modifiedAtSeconds: n,
	linkTarget: kind === 'hardlink' ? path.replace(/-\d+\.js$/, '-0.js') : '',
	sum: n,
	attributesSum: 0,
});

/** Half of the paths in the lowest layer, the others in those above, which change and remove some of it. */
const largeImage = (): ImageTree => {
	const store = createPathStore();
	const folderOf = (n: number) => `usr/lib/part-${n % 50}/modules/package-${n % 12_500}/dist`;
	const layers = Array.from({length: layerCount}, (_, index) => {
		const builder = createLayerBuilder(store);
		const base = Math.floor(pathCount / 2);
		const upper = Math.floor(pathCount / 2 / Math.max(1, layerCount - 1));
		const from = index === 0 ? 0 : base + (index - 1) * upper;
		const to = index === 0 ? base : from + upper;
		for (let n = from; n < to; n++) builder.add(entry(`${folderOf(n)}/file-${n}.js`, 'file', n));
		for (let n = from; n < to; n += 100) builder.add(entry(`${folderOf(n)}/name-${n}.js`, 'hardlink', n));
		for (let n = index; index > 0 && n < base; n += 101)
			builder.add(entry(`${folderOf(n)}/file-${n}.js`, 'file', n + 1));
		for (let n = index; index > 0 && n < base; n += 997)
			builder.add(entry(`${folderOf(n)}/.wh.file-${n}.js`, 'file', n));
		for (let n = index; index > 0 && n < 12_500; n += 501)
			builder.add(entry(`${folderOf(n)}/.wh..wh..opq`, 'file', n));
		return {index, diffId: `sha256:${index}`, createdBy: '', comment: '', entries: builder.finish()};
	});
	return {paths: store.table(), layers, isComplete: true};
};

const middle = (values: readonly number[]): number =>
	values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;

const measured = (name: string, times: number, run: (round: number) => void): void => {
	const taken = Array.from({length: times}, (_, round) => {
		const startedAt = performance.now();
		const before = process.threadCpuUsage();
		run(round);
		const {user, system} = process.threadCpuUsage(before);
		return {wall: performance.now() - startedAt, cpu: (user + system) / 1000};
	});
	const walls = taken.map(({wall}) => wall);
	const figures = [middle(walls), Math.max(...walls), middle(taken.map(({cpu}) => cpu))];
	console.log(`${name.padEnd(34)}${figures.map(figure => figure.toFixed(1).padStart(9)).join('')}`);
};

const tree = largeImage();
const {count} = tree.paths;
console.log(
	`${count} paths, ${layerCount} layers\n${''.padEnd(34)} ${'median'.padStart(8)} ${'most'.padStart(8)}      CPU`,
);
const all = new Set(changeKinds);
const folded = new Set<number>();
const open = new Set(Array.from({length: count}, (_, node) => node));
const choice = {unfolded: folded, shown: all, pattern: '', sort: 'name'} as const;

measured('the first view of a tree', 1, () => {
	treeRows(createTreeView(tree, {layer: layerCount - 1, isCumulative: false}), choice);
});
measured('open a layer', 30, round => {
	treeRows(createTreeView(tree, {layer: round % layerCount, isCumulative: false}), choice);
});
measured('everything up to a layer', 30, round => {
	treeRows(createTreeView(tree, {layer: round % layerCount, isCumulative: true}), choice);
});
const view = createTreeView(tree, {layer: layerCount - 1, isCumulative: false});
measured('the first time all unfolded', 1, () => {
	treeRows(view, {...choice, unfolded: open});
});
measured('all unfolded', 10, () => {
	treeRows(view, {...choice, unfolded: open});
});
measured('all unfolded, by size', 10, () => {
	treeRows(view, {...choice, unfolded: open, sort: 'size'});
});
measured('changes alone', 20, () => {
	treeRows(view, {...choice, shown: new Set(['added', 'modified', 'removed'])});
});
for (const pattern of [
	'f',
	'file-12',
	'package-7 file',
	'part-3/modules',
	'*.js',
	'*-49*9.js',
	'**/dist/f*1?.js',
	'?????*',
])
	measured(`find ${pattern}`, 8, () => {
		treeRows(view, {...choice, pattern});
	});
measured('facts of all layers', 3, () => {
	layerFacts({...tree});
});
