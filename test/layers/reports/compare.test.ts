import assert from 'node:assert/strict';
import process from 'node:process';
import {suite, test} from 'node:test';
import {compareImages} from '../../../source/layers/reports/compare.ts';
import {deltaOf} from '../../../source/layers/reports/compare-files.ts';
import {
	changedNodes,
	changeOf,
	comparedRows,
	matchedPath,
} from '../../../source/layers/reports/compare-rows.ts';
import {type ChangeKind, changeKinds} from '../../../source/layers/tree/view.ts';
import type {ImageTree} from '../../../source/layers/types.ts';
import {configOf} from '../../helpers/objects.ts';
import {directory, file, hardlink, opaque, symlink, treeOf, whiteout} from './trees.ts';

const all = new Set<ChangeKind>(changeKinds.filter(kind => kind !== 'unmodified'));

/** `kind path delta`, sorted by path. */
const differences = (left: ImageTree, right: ImageTree, options = {}) => {
	const {files} = compareImages(left, right, options);
	return [...changedNodes(files, {shown: all, sort: 'path'})].map(
		node => `${changeOf(files, node)} ${matchedPath(files.paths, node)} ${deltaOf(files, node)}`,
	);
};

suite('two final file systems', () => {
	test('an image is the same as itself, however its layers were cut', () => {
		const one = treeOf([[directory('etc'), file('etc/passwd', 10), file('etc/group', 5)]]);
		const two = treeOf([
			[file('etc/passwd', 99), file('etc/old', 1)],
			[whiteout('etc/old'), file('etc/group', 5), directory('etc'), file('etc/passwd', 10)],
		]);
		assert.deepEqual(differences(one, one), []);
		assert.deepEqual(differences(one, two), []);
	});

	test('added, removed, modified and metadata, each with what it costs', () => {
		const left = treeOf([[file('a', 10), file('b', 20), file('c', 30), file('d', 40), symlink('s', 'a')]]);
		const right = treeOf([
			[
				file('a', 10, {mode: 0o600}),
				file('b', 25),
				file('d', 40, {sum: 7}),
				file('e', 50),
				symlink('s', 'b'),
			],
		]);
		assert.deepEqual(differences(left, right), [
			'metadata a 0',
			'modified b 5',
			'removed c -30',
			'modified d 0',
			'added e 50',
			'modified s 0',
		]);
		assert.deepEqual(compareImages(left, right).files.counts, {
			unmodified: 1,
			added: 1,
			modified: 3,
			metadata: 1,
			removed: 1,
		});
	});

	test('another time alone is a difference only when it is asked for', () => {
		const left = treeOf([[file('a', 10)]]);
		const right = treeOf([[file('a', 10, {modifiedAtSeconds: 5})]]);
		assert.deepEqual(differences(left, right), []);
		assert.deepEqual(differences(left, right, {isTimeCompared: true}), ['metadata a 0']);
	});

	test('whiteouts, opaque directories and a directory that became a file leave nothing behind', () => {
		const base = [
			directory('d'),
			file('d/x', 5),
			directory('o'),
			file('o/y', 6),
			directory('r'),
			file('r/z', 7),
		];
		const left = treeOf([base]);
		const right = treeOf([
			base,
			[whiteout('d'), directory('o'), opaque('o'), file('o/new', 1), file('r', 2)],
		]);
		assert.deepEqual(differences(left, right), [
			'removed d -5',
			'removed d/x -5',
			'added o/new 1',
			'removed o/y -6',
			'modified r -5',
			'removed r/z -7',
		]);
	});

	test('hard links are files whose content counts once', () => {
		const left = treeOf([[file('a', 100), hardlink('b', 'a')]]);
		const right = treeOf([[file('a', 100), hardlink('b', 'a')], [whiteout('a')]]);
		assert.deepEqual(differences(left, right), ['removed a -100']);
		const {files} = compareImages(left, right);
		assert.deepEqual([files.leftBytes[0], files.rightBytes[0]], [100, 100]);
		assert.deepEqual(differences(left, treeOf([[file('a', 100), file('b', 100)]])), []);
	});

	test('a tree of directories with sums, the biggest difference first', () => {
		const left = treeOf([[file('a/one', 10), file('b/c/two', 10), file('b/c/same', 3)]]);
		const right = treeOf([[file('a/one', 11), file('b/c/two', 500), file('b/c/same', 3)]]);
		const {files} = compareImages(left, right);
		const rows = (unfolded: readonly number[]) => {
			const {nodes, depths} = comparedRows(files, {unfolded: new Set(unfolded), shown: all, sort: 'delta'});
			return [...nodes].map(
				(node, row) =>
					`${' '.repeat(depths[row] ?? 0)}${matchedPath(files.paths, node)} ${deltaOf(files, node)} (${files.changedBelow[node]})`,
			);
		};
		assert.deepEqual(rows([]), ['b 490 (1)', 'a 1 (1)']);
		const everything = [...Array(files.paths.count).keys()];
		assert.deepEqual(rows(everything), [
			'b 490 (1)',
			' b/c 490 (1)',
			'  b/c/two 490 (0)',
			'a 1 (1)',
			' a/one 1 (0)',
		]);
	});

	test('names of other bytes than text are told apart', () => {
		const left = treeOf([[file('\xff', 1)]]);
		const right = treeOf([[file('\xfe', 1)]]);
		assert.deepEqual(differences(left, right), ['added \xfe 1', 'removed \xff -1']);
	});
});

suite('layers and configurations', () => {
	test('layers in common, by what they hold', () => {
		const left = treeOf([[], [], [], []], {diffIds: ['base', 'a', 'b', 'b']});
		const right = treeOf([[], [], []], {diffIds: ['base', 'b', 'c']});
		assert.deepEqual(compareImages(left, right).layers, {
			commonPrefix: 1,
			common: [
				{left: 0, right: 0},
				{left: 2, right: 1},
			],
			onlyLeft: [1, 3],
			onlyRight: [2],
		});
	});

	test('variables by name, whatever else is set otherwise', () => {
		const left = treeOf([[]], {
			config: configOf({
				env: ['PATH=/bin', 'A=1', 'GONE=x'],
				user: 'root',
				command: ['sh'],
				labels: {v: '1'},
				exposedPorts: ['80/tcp'],
			}),
		});
		const right = treeOf([[]], {
			config: configOf({
				env: ['A=2', 'PATH=/bin'],
				command: ['sh', '-c', 'x'],
				labels: {v: '2'},
				exposedPorts: ['80/tcp', '443/tcp'],
				healthCheck: {test: ['CMD', 'true'], intervalMs: 5000, timeoutMs: 0, startPeriodMs: 0, retries: 3},
			}),
		});
		assert.deepEqual(compareImages(left, right).config, [
			{field: 'user', name: '', left: 'root'},
			{field: 'cmd', name: '', left: '["sh"]', right: '["sh","-c","x"]'},
			{field: 'healthcheck', name: '', right: '--interval=5s --retries=3 ["CMD","true"]'},
			{field: 'env', name: 'A', left: '1', right: '2'},
			{field: 'env', name: 'GONE', left: 'x'},
			{field: 'expose', name: '443/tcp', right: '443/tcp'},
			{field: 'label', name: 'v', left: '1', right: '2'},
		]);
		assert.deepEqual(compareImages(left, left).config, []);
	});
});

test('2 × 100,000 files are compared while a person waits', () => {
	const files = (count: number, size: number) =>
		Array.from({length: count}, (_, index) =>
			file(`usr/share/d${index % 500}/f${index}`, size + (index % 7)),
		);
	const left = treeOf([files(100_000, 10), files(1000, 20)]);
	const right = treeOf([files(100_500, 10)]);
	const before = process.cpuUsage();
	const {files: compared} = compareImages(left, right);
	const tookMs = process.cpuUsage(before).user / 1000;
	assert.deepEqual([compared.counts.added, compared.counts.modified], [500, 1000]);
	assert.ok(tookMs < 2000, `took ${tookMs} ms`);
});
