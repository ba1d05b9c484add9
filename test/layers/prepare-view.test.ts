import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {inTurns, type Steps} from '../../source/layers/steps.ts';
import {preparedView, prepareView} from '../../source/layers/tree/prepare-view.ts';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';
import {createViewCache} from '../../source/layers/tree/view-cache.ts';
import {directory, drawn, file, gone, imageOf, opaque} from './image-builder.ts';

const image = () =>
	imageOf(
		[directory('d'), file('d/a', 1), file('d/b', 2), directory('e'), file('e/x', 3)],
		[directory('d'), opaque('d'), file('d/c', 4)],
		[gone('e'), file('d/deep/er/f', 5), file('d/deep/er/g', 6)],
		[file('d', 7), directory('e'), file('e/x', 8)],
		[directory('d'), file('d/a', 1), gone('d/deep')],
	);
const choices = [0, 1, 2, 3, 4].flatMap(layer => [false, true].map(isCumulative => ({layer, isCumulative})));

describe('views of one tree', () => {
	test('are the same, whichever was made before', () => {
		const tree = image();
		for (const before of choices)
			for (const choice of choices) {
				createTreeView(tree, before);
				const view = createTreeView(tree, choice);
				const alone = createTreeView(image(), choice);
				const name = JSON.stringify([before, choice]);
				assert.deepEqual(drawn(view), drawn(alone), name);
				assert.deepEqual([...view.layers], [...alone.layers], name);
				assert.deepEqual([...view.entries], [...alone.entries], name);
			}
	});

	test('a view is not changed by the next', () => {
		const tree = image();
		const view = createTreeView(tree, {layer: 2, isCumulative: false});
		const before = drawn(view);
		for (const choice of choices) createTreeView(tree, choice);
		assert.deepEqual(drawn(view), before);
	});
});

describe('the first view of a tree', () => {
	test('is prepared in turns and taken by the cache', async () => {
		const tree = image();
		const choice = {layer: 3, isCumulative: false};
		let turns = 0;
		await prepareView(tree, choice, async () => {
			turns += 1;
			return true;
		});
		assert.ok(turns > 5, `${turns} turns`);
		const view = preparedView(tree, choice);
		assert.ok(view !== undefined);
		assert.deepEqual(drawn(view), drawn(createTreeView(image(), choice)));
		assert.equal(createViewCache().view(tree, choice), view);
		assert.equal(preparedView(tree, {layer: 3, isCumulative: true}), undefined);
		assert.equal(preparedView(image(), choice), undefined);
	});

	test('is given up when nobody wants it any more', async () => {
		const tree = image();
		const choice = {layer: 3, isCumulative: false};
		let turns = 0;
		await prepareView(tree, choice, async () => {
			turns += 1;
			return turns < 3;
		});
		assert.equal(turns, 3);
		assert.equal(preparedView(tree, choice), undefined);
	});

	test('of no layers is none', async () => {
		const tree = imageOf();
		await prepareView(tree, {layer: 0, isCumulative: false}, () => assert.fail('there is nothing to do'));
		assert.equal(preparedView(tree, {layer: 0, isCumulative: false}), undefined);
	});
});

test('work in turns stops where it is not wanted, and gives its result else', async () => {
	const done: number[] = [];
	function* work(): Steps<string> {
		for (const step of [1, 2, 3]) {
			done.push(step);
			yield;
		}
		return 'result';
	}
	assert.equal(await inTurns(work(), async () => done.length < 2), undefined);
	assert.deepEqual(done, [1, 2]);
	assert.equal(await inTurns(work(), async () => true), 'result');
});
