import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {pathOf} from '../../source/layers/tree/paths.ts';
import {nextChange, treeRows} from '../../source/layers/tree/tree-rows.ts';
import {type ChangeKind, changeKinds, type RowsChoice, type TreeView} from '../../source/layers/tree/view.ts';
import {directory, factsAt, file, gone, imageOf, viewOf} from './image-builder.ts';

const view = viewOf(
	imageOf(
		[
			directory('etc'),
			file('etc/passwd', 10),
			directory('etc/ssl'),
			file('etc/ssl/a.pem', 20),
			file('etc/ssl/b.conf', 5),
			directory('usr'),
			directory('usr/bin'),
			file('usr/bin/zsh', 500),
			file('usr/bin/Xorg', 400),
			file('README', 1),
		],
		[
			file('etc/ssl/a.pem', 21),
			gone('usr/bin/zsh'),
			file('usr/bin/new', 3),
			file('README', 1, {mode: 0o600}),
		],
	),
);

const all: ReadonlySet<ChangeKind> = new Set(changeKinds);
const rowsOf = (choice: Partial<RowsChoice> = {}, of: TreeView = view) =>
	treeRows(of, {unfolded: new Set(), shown: all, pattern: '', sort: 'name', ...choice});
const shown = (choice: Partial<RowsChoice> = {}): readonly string[] => {
	const {nodes, depths, parents, open} = rowsOf(choice);
	return [...nodes].map((node, row) => {
		const mark = parents[row] === 1 ? (open[row] === 1 ? '▾' : '▸') : ' ';
		return `${'  '.repeat(depths[row] ?? 0)}${mark}${pathOf(view.tree.paths, node).split('/').at(-1)}`;
	});
};
const nodes = (...paths: readonly string[]) => new Set(paths.map(path => factsAt(view, path)?.node ?? -1));
const everything = new Set(Array.from({length: view.tree.paths.count}, (_, node) => node));

describe('rows of a tree', () => {
	test('are those of directories that stand open, by name', () => {
		assert.deepEqual(shown(), [' README', '▸etc', '▸usr']);
		assert.deepEqual(shown({unfolded: nodes('etc', 'usr/bin')}), [
			' README',
			'▾etc',
			'   passwd',
			'  ▸ssl',
			'▸usr',
		]);
	});

	test('the largest first', () => {
		assert.deepEqual(shown({unfolded: nodes('usr', 'usr/bin'), sort: 'size'}), [
			'▾usr',
			'  ▾bin',
			'     zsh',
			'     Xorg',
			'     new',
			'▸etc',
			' README',
		]);
	});

	test('of some kinds of change, with the directories they are in', () => {
		assert.deepEqual(shown({unfolded: everything, shown: new Set(['added'])}), [
			'▾usr',
			'  ▾bin',
			'     new',
		]);
		assert.deepEqual(shown({shown: new Set(['removed', 'metadata'])}), [' README', '▸usr']);
		assert.deepEqual(shown({unfolded: everything, shown: new Set(['unmodified'])}), [
			'▾etc',
			'   passwd',
			'  ▾ssl',
			'     b.conf',
			'▾usr',
			'  ▾bin',
			'     Xorg',
		]);
		assert.deepEqual(shown({shown: new Set()}), []);
	});

	test('that hold all words, with the directories they are in, open', () => {
		assert.deepEqual(shown({pattern: 'ssl'}), ['▾etc', '  ▸ssl']);
		assert.deepEqual(shown({pattern: 'ssl', unfolded: everything}), [
			'▾etc',
			'  ▾ssl',
			'     a.pem',
			'     b.conf',
		]);
		assert.deepEqual(shown({pattern: 'pem etc'}), ['▾etc', '  ▾ssl', '     a.pem']);
		assert.deepEqual(shown({pattern: 'nothing'}), []);
		assert.equal(rowsOf({pattern: 'e'}).matches, 4);
	});

	test('that hold words with slashes', () => {
		assert.deepEqual(shown({pattern: 'sl/a.p'}), ['▾etc', '  ▾ssl', '     a.pem']);
		assert.deepEqual(shown({pattern: '/etc/pa'}), ['▾etc', '   passwd']);
		assert.deepEqual(shown({pattern: 'in/'}), ['▾usr', '  ▸bin']);
		assert.deepEqual(shown({pattern: '/'}), []);
	});

	test('names stand close together: no word is found across two', () => {
		// `passwdssl` is what the names are kept as.
		assert.deepEqual(shown({pattern: 'dss'}), []);
	});

	test('a capital letter is meant', () => {
		assert.deepEqual(shown({pattern: 'xorg'}), ['▾usr', '  ▾bin', '     Xorg']);
		assert.deepEqual(shown({pattern: 'Xorg'}), ['▾usr', '  ▾bin', '     Xorg']);
		assert.deepEqual(shown({pattern: 'XORG'}), []);
		assert.deepEqual(shown({pattern: 'X*'}), ['▾usr', '  ▾bin', '     Xorg']);
		assert.deepEqual(shown({pattern: 'Z*'}), []);
	});

	test('that fit a glob, of the name or of the path', () => {
		assert.deepEqual(shown({pattern: '*.pem'}), ['▾etc', '  ▾ssl', '     a.pem']);
		assert.deepEqual(shown({pattern: '*.{pem,conf}'}), ['▾etc', '  ▾ssl', '     a.pem', '     b.conf']);
		assert.deepEqual(shown({pattern: 'etc/*'}), ['▾etc', '   passwd', '  ▸ssl']);
		assert.deepEqual(shown({pattern: '/usr/**/z*'}), ['▾usr', '  ▾bin', '     zsh']);
		assert.deepEqual(shown({pattern: '[az]*'}), [
			'▾etc',
			'  ▾ssl',
			'     a.pem',
			'▾usr',
			'  ▾bin',
			'     zsh',
		]);
		assert.deepEqual(shown({pattern: '**/*.pem'}), ['▾etc', '  ▾ssl', '     a.pem']);
		assert.deepEqual(shown({pattern: 'etc/**/?.c*n*'}), ['▾etc', '  ▾ssl', '     b.conf']);
		assert.deepEqual(shown({pattern: '*/{ssl,bin}'}), ['▾etc', '  ▸ssl', '▾usr', '  ▸bin']);
		assert.deepEqual(shown({pattern: 'ssl/*'}), []);
		assert.deepEqual(shown({pattern: '?'}), []);
		assert.deepEqual(shown({pattern: '['}), []);
	});

	test('names in other scripts are found by their letters', () => {
		const other = viewOf(imageOf([file(Buffer.from('日本語/ファイル').toString('latin1'))]));
		for (const pattern of ['本', 'ファ', '????', '日*/ファ*', '本語/フ'])
			assert.ok(rowsOf({pattern}, other).matches > 0, pattern);
	});

	test('the next change and the one before', () => {
		const folded = rowsOf();
		assert.equal(nextChange(view, folded, -1, 1), 0);
		assert.equal(nextChange(view, folded, 0, 1), 1);
		assert.equal(nextChange(view, folded, 2, 1), undefined);
		const open = rowsOf({unfolded: everything});
		const changed: number[] = [];
		for (let row = nextChange(view, open, -1, 1); row !== undefined; row = nextChange(view, open, row, 1))
			changed.push(row);
		assert.deepEqual(
			changed.map(row => pathOf(view.tree.paths, open.nodes[row] ?? 0)),
			['README', 'etc/ssl/a.pem', 'usr/bin/new', 'usr/bin/zsh'],
		);
		assert.equal(nextChange(view, open, changed[3] ?? 0, -1), changed[2]);
		assert.equal(nextChange(view, open, 0, -1), undefined);
	});
});
