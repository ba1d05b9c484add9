import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {diveReportOf} from '../../../source/layers/reports/dive.ts';
import {type WasteOptions, wasteOf} from '../../../source/layers/reports/waste.ts';
import type {ImageTree} from '../../../source/layers/types.ts';
import {directory, file, hardlink, opaque, symlink, treeOf, whiteout} from './trees.ts';

/** `reason path bytes xcopies layers>hiders` of each item. */
const items = (tree: ImageTree, options: WasteOptions = {}) =>
	wasteOf(tree, options).items.map(
		({reason, path, bytes, copies, layers, hiddenBy}) =>
			`${reason} ${path} ${bytes} x${copies} ${layers}>${hiddenBy}`,
	);

const figures = (tree: ImageTree, options: WasteOptions = {}) => {
	const {efficiency, wastedBytes, storedBytes} = wasteOf(tree, options);
	return {efficiency, wastedBytes, storedBytes};
};

suite('the three worked examples, by dive and by us', () => {
	const dive = (tree: ImageTree) => {
		const {efficiency, wastedBytes, wastedUserPercent} = diveReportOf(tree);
		return {efficiency, wastedBytes, wastedUserPercent};
	};

	test('a file that is overwritten by one of the same size', () => {
		const tree = treeOf([[file('a', 1000)], [file('a', 1000, {sum: 5})]]);
		assert.deepEqual(dive(tree), {efficiency: 0.5, wastedBytes: 2000, wastedUserPercent: 2});
		assert.deepEqual(figures(tree), {efficiency: 0.5, wastedBytes: 1000, storedBytes: 2000});
		assert.deepEqual(items(tree), ['overwritten a 1000 x1 0>1']);
	});

	test('a file that is deleted', () => {
		const tree = treeOf([[file('a', 1000)], [whiteout('a')]]);
		assert.deepEqual(dive(tree), {efficiency: 0, wastedBytes: 1000, wastedUserPercent: 1});
		assert.deepEqual(figures(tree), {efficiency: 0, wastedBytes: 1000, storedBytes: 1000});
		assert.deepEqual(items(tree), ['deleted a 1000 x1 0>1']);
	});

	test('a directory that is deleted costs nothing by dive, and what it held by us', () => {
		const tree = treeOf([[directory('d'), file('d/a', 600), file('d/e/b', 400)], [whiteout('d')]]);
		assert.deepEqual(dive(tree), {efficiency: 1, wastedBytes: 0, wastedUserPercent: 0});
		assert.deepEqual(figures(tree), {efficiency: 0, wastedBytes: 1000, storedBytes: 1000});
		assert.deepEqual(items(tree), ['deleted-directory d 1000 x2 0>1']);
	});
});

suite('waste', () => {
	test('nothing stored is no waste, and no figure is NaN', () => {
		for (const tree of [treeOf([]), treeOf([[]]), treeOf([[file('empty', 0)], [whiteout('empty')]])]) {
			const {efficiency, wastedBytes, userWastedShare, items: none} = wasteOf(tree, {isBaseExcluded: true});
			assert.deepEqual([efficiency, wastedBytes, userWastedShare, none.length], [1, 0, 0, 0]);
			const dive = diveReportOf(tree);
			assert.deepEqual([dive.efficiency, dive.wastedUserPercent], [1, 0]);
		}
	});

	test('every copy but the needed one, in one item by path', () => {
		const tree = treeOf([[file('a', 1)], [file('a', 2)], [file('a', 4)], [whiteout('a')], [file('a', 8)]]);
		assert.deepEqual(items(tree), ['deleted a 7 x3 0,1,2>1,2,3']);
		assert.equal(wasteOf(tree).efficiency, 8 / 15);
	});

	test('a directory that is deleted within one that is deleted later is counted once', () => {
		const tree = treeOf([
			[file('a/b/x', 10), file('a/c', 5)],
			[whiteout('a/b')],
			[whiteout('a')],
			[file('a/c', 1)],
		]);
		assert.deepEqual(items(tree), ['deleted-directory a/b 10 x1 0>1', 'deleted-directory a 5 x1 0>2']);
	});

	test('a directory that is made anew is one item, with what comes back in it', () => {
		const tree = treeOf([
			[directory('node_modules'), file('node_modules/a', 10), file('node_modules/b', 20)],
			[directory('node_modules'), opaque('node_modules'), file('node_modules/a', 11)],
		]);
		assert.deepEqual(items(tree), ['replaced-directory node_modules 30 x2 0>1']);
		assert.equal(wasteOf(tree).wastedBytes, 30);
	});

	test('a directory that becomes a file or a link, and a file that becomes a directory', () => {
		assert.deepEqual(items(treeOf([[file('d/a', 10)], [file('d', 3)]])), ['replaced-directory d 10 x1 0>1']);
		assert.deepEqual(items(treeOf([[file('d/a', 10)], [symlink('d', 'e')]])), [
			'replaced-directory d 10 x1 0>1',
		]);
		assert.deepEqual(items(treeOf([[file('d', 10)], [directory('d')]])), ['overwritten d 10 x1 0>1']);
		assert.deepEqual(items(treeOf([[file('d', 10)], [file('d/a', 1)]])), ['overwritten d 10 x1 0>1']);
	});

	test('a chmod stores the content again: the lower copy is not needed', () => {
		const tree = treeOf([[file('a', 10)], [file('a', 10, {mode: 0o755})]]);
		assert.deepEqual(items(tree), ['metadata a 10 x1 0>1']);
	});

	test('a hard link is content that is there once, and needed under any name', () => {
		const linked = [file('a', 100), hardlink('b', 'a')];
		assert.deepEqual(items(treeOf([linked, [whiteout('a')]])), []);
		assert.deepEqual(items(treeOf([linked, [whiteout('a'), whiteout('b')]])), ['deleted a 100 x1 0>1']);
		assert.equal(wasteOf(treeOf([linked])).storedBytes, 100);
		// One that points into a lower layer keeps the copy there needed.
		assert.deepEqual(items(treeOf([[file('a', 100)], [hardlink('b', 'a')], [whiteout('a')]])), []);
	});

	test('the biggest first', () => {
		const tree = treeOf([
			[file('a', 1), file('c', 3), file('b', 3)],
			[whiteout('a'), whiteout('b'), whiteout('c')],
		]);
		assert.deepEqual(
			wasteOf(tree).items.map(({path}) => path),
			['b', 'c', 'a'],
		);
	});
});

suite('without the base', () => {
	const excluded = {isBaseExcluded: true};

	test('only what the layers above it store counts', () => {
		const tree = treeOf([
			[file('a', 100), file('b', 50)],
			[file('a', 10), file('t', 7)],
			[whiteout('b'), whiteout('t')],
		]);
		assert.deepEqual(items(tree, excluded), ['deleted t 7 x1 1>2']);
		assert.deepEqual(figures(tree, excluded), {efficiency: 10 / 17, wastedBytes: 7, storedBytes: 17});
		const {userBytes, userWastedBytes, userWastedShare, wastedBytes} = wasteOf(tree);
		assert.deepEqual([userBytes, userWastedBytes, userWastedShare, wastedBytes], [17, 7, 7 / 17, 157]);
	});

	test('a chmod of a file of the base is the copy above, once for each', () => {
		const once = treeOf([[file('a', 10)], [file('a', 10, {mode: 0o700})]]);
		assert.deepEqual(items(once, excluded), ['metadata a 10 x1 1>1']);
		assert.equal(wasteOf(once, excluded).efficiency, 0);
		const twice = treeOf([[file('a', 10)], [file('a', 10, {mode: 0o700})], [file('a', 10, {mode: 0o755})]]);
		assert.deepEqual(items(twice, excluded), ['metadata a 20 x2 1,2>2']);
		assert.equal(wasteOf(twice, excluded).efficiency, 0);
	});

	test('a base of several layers', () => {
		const tree = treeOf([[file('a', 1)], [file('a', 2)], [file('a', 4)], [file('a', 8)]]);
		assert.deepEqual(items(tree, {...excluded, baseLayers: 2}), ['overwritten a 4 x1 2>3']);
		assert.deepEqual(items(tree, {...excluded, baseLayers: 9}), []);
		assert.equal(wasteOf(tree, {...excluded, baseLayers: 9}).baseLayers, 4);
	});
});

suite("dive's way", () => {
	test('opaque marks are unknown to it, so that what they hide is still there to be deleted', () => {
		const tree = treeOf([
			[directory('d'), file('d/a', 100)],
			[directory('d'), opaque('d'), file('d/b', 10)],
			[whiteout('d')],
		]);
		// d/a 100 once, d/b 10 once, d as a leaf of 110 that is deleted.
		assert.deepEqual(diveReportOf(tree), {
			efficiency: 1,
			wastedBytes: 0,
			userBytes: 10,
			wastedUserPercent: 0,
			items: [],
		});
	});

	test('every copy is wasted, the needed one too; directories that come twice are listed with nothing', () => {
		const tree = treeOf([
			[directory('e'), file('a', 10)],
			[directory('e'), file('a', 30)],
		]);
		assert.deepEqual(diveReportOf(tree).items, [
			{path: 'a', layers: [0, 1], bytes: 40},
			{path: 'e', layers: [0, 1], bytes: 0},
		]);
		assert.equal(diveReportOf(tree).efficiency, 10 / 40);
	});

	test('what is deleted without being there ends the layer for it, in the order of names', () => {
		const tree = treeOf([
			[file('z', 10), file('b', 10)],
			[whiteout('m'), file('b', 10), whiteout('z'), file('.a', 1)],
		]);
		// `.wh.m` comes before `.wh.z` and `b`, after `.a`.
		assert.deepEqual(diveReportOf(tree).items, []);
		const whole = treeOf([
			[file('z', 10), file('b', 10)],
			[file('b', 10), whiteout('z'), file('.a', 1)],
		]);
		assert.deepEqual(
			diveReportOf(whole).items.map(({path}) => path),
			['b', 'z'],
		);
	});

	test('a directory that only its content tells of is none to it', () => {
		const tree = treeOf([[file('d/a', 10)], [whiteout('d')]]);
		assert.equal(diveReportOf(tree).efficiency, 1);
		assert.equal(diveReportOf(tree).userBytes, 0);
	});
});
