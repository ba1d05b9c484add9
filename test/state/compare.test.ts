import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {imageId} from '../../source/engine/decode/ids.ts';
import {compareImages} from '../../source/layers/reports/compare.ts';
import {unfoldedFor} from '../../source/layers/reports/unfolded.ts';
import type {ImageTree} from '../../source/layers/types.ts';
import type {State} from '../../source/state/model.ts';
import {selectFileTotals} from '../../source/state/selectors/compare-files.ts';
import {selectComparedLayers} from '../../source/state/selectors/compare-layers.ts';
import {selectCompareRows} from '../../source/state/selectors/compare-rows.ts';
import {directory, file, imageOf} from '../layers/image-builder.ts';
import {after, worldOf} from './world.ts';

const sides = [
	{imageId: imageId('sha256:1'), name: 'a:1'},
	{imageId: imageId('sha256:2'), name: 'a:2'},
] as const;

const left = imageOf([
	directory('app'),
	file('app/same', 5),
	file('app/big', 100),
	file('app/old/one', 30),
	file('app/mode', 7),
]);
const right = imageOf([
	directory('app'),
	file('app/same', 5),
	file('app/big', 300),
	file('app/new', 20),
	file('app/mode', 7, {mode: 0o600}),
]);

const compared = (ours: ImageTree = left, theirs: ImageTree = right): State => {
	const comparison = compareImages(ours, theirs);
	return after(
		worldOf(),
		{type: 'ui/screen-opened', screen: {kind: 'compare', sides}},
		{type: 'compare/ended', side: 0, tree: ours},
		{type: 'compare/ended', side: 1, tree: theirs},
		{type: 'compare/compared', comparison, unfolded: unfoldedFor(comparison.files, 60)},
	);
};

const rowsOf = (state: State): readonly string[] =>
	selectCompareRows(state).map(row =>
		row.kind === 'file'
			? `${'  '.repeat(row.depth)}${row.change} ${row.name} ${(row.rightBytes ?? 0) - (row.leftBytes ?? 0)}`
			: `${row.change} ${row.key}`,
	);

describe('two images side by side', () => {
	test('what differs is a tree, the largest difference first, a directory with the sum of what is in it', () => {
		assert.deepEqual(rowsOf(compared()), [
			'unmodified app 190',
			'  modified big 200',
			'  removed old -30',
			'    removed one -30',
			'  added new 20',
			'  metadata mode 0',
		]);
	});

	test('kinds are hidden and shown, names sort instead of sizes, a list has whole paths', () => {
		const state = after(
			compared(),
			{type: 'compare/kinds-toggled', kinds: ['removed']},
			{type: 'compare/sorted', sort: 'path'},
			{type: 'compare/flat-toggled'},
		);
		assert.deepEqual(rowsOf(state), ['modified app/big 200', 'metadata app/mode 0', 'added app/new 20']);
		const again = after(state, {type: 'compare/kinds-toggled', kinds: ['removed']});
		assert.equal(rowsOf(again).length, 5);
	});

	test('a filter opens the directories around what it finds', () => {
		const folded = after(compared(), {type: 'compare/unfolded', unfolded: new Set()});
		assert.deepEqual(rowsOf(folded), ['unmodified app 190']);
		const sought = {
			...folded,
			ui: {
				...folded.ui,
				lists: {...folded.ui.lists, compare: {...folded.ui.lists.compare, filter: 'old one'}},
			},
		};
		assert.deepEqual(rowsOf(sought), ['unmodified app 190', '  removed old -30', '    removed one -30']);
	});

	test('what is only on one side is summed up once', () => {
		const {leftBytes, rightBytes, addedBytes, removedBytes} = selectFileTotals(compared()) ?? {};
		assert.deepEqual([leftBytes, rightBytes, addedBytes, removedBytes], [142, 332, 20, 30]);
	});

	test('layers stand as in a diff before anything was read', () => {
		const layer = (diffId: string, index: number) => ({index, diffId, createdBy: diffId, comment: ''});
		const tree = (...ids: readonly string[]): ImageTree => ({...left, layers: ids.map(layer)});
		const state = after(
			worldOf(),
			{type: 'ui/screen-opened', screen: {kind: 'compare', sides}},
			{type: 'compare/tree-arrived', side: 0, tree: tree('base', 'old', 'top')},
			{type: 'compare/tree-arrived', side: 1, tree: tree('base', 'new', 'newer', 'top')},
		);
		const {rows, common, onlyLeft, onlyRight} = selectComparedLayers(state) ?? {};
		assert.deepEqual(
			rows?.map(({change, diffId}) => `${change} ${diffId}`),
			['unmodified base', 'removed old', 'added new', 'added newer', 'unmodified top'],
		);
		assert.deepEqual([common?.count, onlyLeft?.count, onlyRight?.count], [2, 1, 2]);
	});

	test('a stop keeps what was read, and reading again asks for the rest', () => {
		const state = after(
			worldOf(),
			{type: 'ui/screen-opened', screen: {kind: 'compare', sides}},
			{type: 'compare/began', side: 0, at: 1},
			{type: 'compare/ended', side: 0, tree: left},
			{type: 'compare/began', side: 1, at: 2},
			{type: 'compare/stopped'},
		);
		assert.deepEqual(
			state.compare?.readings.map(({status}) => status),
			['done', 'waiting'],
		);
		assert.equal(after(state, {type: 'compare/reread'}).compare?.turn, 1);
		assert.equal(after(state, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}).compare, undefined);
	});
});
