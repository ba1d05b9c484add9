import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTreeView} from '../../source/layers/tree/tree-view.ts';
import type {ImageTree} from '../../source/layers/types.ts';
import {extractPlan} from '../../source/state/selectors/extract-plan.ts';
import {nodeOfPath} from '../../source/state/selectors/layer-cursor.ts';
import {treeOf} from '../helpers/image-tree.ts';

const tree = treeOf(
	{
		entries: [
			'srv/',
			{path: 'srv/kept', sizeBytes: 10},
			{path: 'srv/changed', sizeBytes: 20},
			{path: 'srv/other', kind: 'hardlink', linkTarget: 'srv/kept'},
			{path: 'srv/link', kind: 'symlink', linkTarget: '../etc'},
			{path: 'srv/gone/secret', sizeBytes: 5},
		],
	},
	{entries: [{path: 'srv/changed', sizeBytes: 30}, 'srv/.wh.gone']},
);

const plan = (of: ImageTree, path: string, {layer = 1, only = false} = {}) => {
	const view = createTreeView(of, {layer, isCumulative: false});
	const node = nodeOfPath(of.paths, path);
	assert.ok(node !== undefined);
	const {entries, totalBytes} = extractPlan(view, [node], only ? layer : undefined);
	return {
		totalBytes,
		entries: entries.map(
			({path: to, facts, content}) =>
				`${facts.kind} ${to}${content === undefined ? '' : ` from ${content.layer} ${content.path}`}${facts.linkTarget === undefined ? '' : ` to ${facts.linkTarget}`}`,
		),
	};
};

test('a directory comes as it is in the image: each file from the layer that has it, without what was removed', () => {
	assert.deepEqual(plan(tree, 'srv'), {
		totalBytes: 40,
		entries: [
			'directory srv',
			'file srv/changed from 1 srv/changed',
			'file srv/kept from 0 srv/kept',
			'symlink srv/link to ../etc',
			'hardlink srv/other to srv/kept',
		],
	});
});

test('of one layer only what that has', () => {
	assert.deepEqual(plan(tree, 'srv', {only: true}), {
		totalBytes: 30,
		entries: ['directory srv', 'file srv/changed from 1 srv/changed'],
	});
});

test('what was removed comes from the layer that stores it, when it is that which is asked for', () => {
	assert.deepEqual(plan(tree, 'srv/gone'), {
		totalBytes: 5,
		entries: ['directory gone', 'file gone/secret from 0 srv/gone/secret'],
	});
});

test('a hard link alone is a file with the content of its other name', () => {
	assert.deepEqual(plan(tree, 'srv/other'), {
		totalBytes: 10,
		entries: ['file other from 0 srv/kept'],
	});
});
