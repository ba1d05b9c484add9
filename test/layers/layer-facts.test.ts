import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layerFacts} from '../../source/layers/tree/layer-facts.ts';
import {createViewCache} from '../../source/layers/tree/view-cache.ts';
import {directory, file, gone, hardlink, imageOf, opaque, symlink} from './image-builder.ts';

test('a layer beside the others: what is in it, what it does to those below, bytes', () => {
	const tree = imageOf(
		[directory('d'), file('d/a', 10), file('d/b', 20), hardlink('d/c', 'd/b'), file('e', 5)],
		[file('e', 6), gone('d/a'), symlink('l', 'e'), file('d/b', 20, {mode: 0o600})],
		[directory('d'), opaque('d'), file('d/b', 1), directory('new')],
		[file('d', 2)],
	);
	assert.deepEqual(layerFacts(tree), [
		{files: 4, directories: 1, added: 4, modified: 0, removed: 0, contentBytes: 35, cumulativeBytes: 35},
		{files: 3, directories: 0, added: 1, modified: 2, removed: 1, contentBytes: 26, cumulativeBytes: 61},
		{files: 1, directories: 2, added: 0, modified: 1, removed: 1, contentBytes: 1, cumulativeBytes: 62},
		{files: 1, directories: 0, added: 0, modified: 1, removed: 1, contentBytes: 2, cumulativeBytes: 64},
	]);
	assert.equal(layerFacts(tree), layerFacts(tree));
});

test('layers that were not read yet count nothing', () => {
	const {paths, layers} = imageOf([file('a', 1)], [file('b', 2)]);
	const [lower, upper] = layers;
	assert.ok(lower !== undefined && upper !== undefined);
	const {entries: _, ...unread} = lower;
	assert.deepEqual(
		layerFacts({paths, layers: [unread, upper], isComplete: false}).map(({files, added}) => ({files, added})),
		[
			{files: 0, added: 0},
			{files: 1, added: 1},
		],
	);
});

test('the last views are kept, of one tree', () => {
	const tree = imageOf([file('a')], [file('b')], [file('c')]);
	const cache = createViewCache(2);
	const first = cache.view(tree, {layer: 0, isCumulative: false});
	assert.equal(cache.view(tree, {layer: 0, isCumulative: false}), first);
	cache.view(tree, {layer: 1, isCumulative: false});
	assert.equal(cache.view(tree, {layer: 0, isCumulative: false}), first);
	cache.view(tree, {layer: 2, isCumulative: true});
	cache.view(tree, {layer: 1, isCumulative: false});
	assert.notEqual(cache.view(tree, {layer: 0, isCumulative: false}), first);
	assert.equal(cache.view({...tree}, {layer: 0, isCumulative: false}).layers.length, tree.paths.count);
});
