import assert from 'node:assert/strict';
import process from 'node:process';
import {describe, it} from 'node:test';
import type {ChangeKind} from '../../source/engine/process-types.ts';
import {changeTree} from '../../source/state/change-tree.ts';

const kinds: Readonly<Record<string, ChangeKind>> = {A: 'added', C: 'modified', D: 'deleted'};

/** As `docker diff` writes them. */
const treeOf = (lines: readonly string[], mountPoints: readonly string[] = []) =>
	changeTree({
		changes: lines.map(line => ({kind: kinds[line.charAt(0)] ?? 'modified', path: line.slice(2)})),
		mountPoints,
	});

describe('the tree of changes', () => {
	it('counts what is below each folder, and everything', () => {
		const tree = treeOf(['C /etc', 'A /etc/new', 'D /etc/passwd', 'A /a', 'A /a/b', 'A /a/b/c']);
		assert.deepEqual(tree.total, {added: 4, modified: 1, deleted: 1});
		assert.deepEqual(tree.byPath.get('/etc')?.below, {added: 1, modified: 0, deleted: 1});
		assert.deepEqual(tree.byPath.get('/a')?.below, {added: 2, modified: 0, deleted: 0});
		assert.deepEqual(
			tree.roots.map(({path}) => path),
			['/etc', '/a'],
		);
	});

	it('makes the folders that the engine did not name, in whatever order', () => {
		const tree = treeOf(['A /x/y/z', 'C /x']);
		assert.equal(tree.byPath.get('/x')?.kind, 'modified');
		assert.equal(tree.byPath.get('/x/y')?.kind, undefined);
		assert.equal(tree.byPath.get('/x/y/z')?.parent?.path, '/x/y');
		assert.deepEqual(tree.total, {added: 1, modified: 1, deleted: 0});
	});

	it('counts a path once that is told twice', () => {
		assert.deepEqual(treeOf(['A /x', 'C /x']).total, {added: 1, modified: 0, deleted: 0});
	});

	it('knows what only looks changed because something is mounted there', () => {
		const tree = treeOf(
			['C /var', 'C /var/lib', 'A /var/lib/data', 'C /etc', 'A /etc/x', 'A /etc/m'],
			['/var/lib/data', '/etc/m'],
		);
		const byMount = tree.nodes.filter(({isByMount}) => isByMount).map(({path}) => path);
		assert.deepEqual(byMount.toSorted(), ['/etc/m', '/var', '/var/lib', '/var/lib/data']);
		assert.equal(tree.byPath.get('/var/lib/data')?.isMountPoint, true);
		assert.equal(tree.byPath.get('/var')?.isMountPoint, false);
	});

	it('takes names of every kind, and paths of any depth', () => {
		const odd = ['A /日本/ファイル', 'A /a\nb', 'A /a\u001B[31m', 'A /', 'A /constructor', 'A /__proto__'];
		assert.deepEqual(
			treeOf(odd).nodes.map(({name}) => name),
			['日本', 'ファイル', 'a\nb', 'a\u001B[31m', '/', 'constructor', '__proto__'],
		);
		const deep = `/${Array.from({length: 2000}, (_, index) => `d${index}`).join('/')}`;
		assert.equal(treeOf([`A ${deep}`]).nodes.length, 2000);
	});

	it('of 100,000 paths is there in no time', () => {
		const lines = Array.from(
			{length: 100_000},
			(_, index) => `A /srv/d${index % 300}/e${index % 7}/f${index}`,
		);
		const before = process.cpuUsage();
		const tree = treeOf(lines);
		const tookMs = process.cpuUsage(before).user / 1000;
		assert.equal(tree.total.added, 100_000);
		assert.ok(tookMs < 1500, `it took ${tookMs} ms of CPU`);
	});
});
