import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {TarEntry} from '../../source/layers/types.ts';
import {
	device,
	directory,
	drawn,
	factsAt,
	file,
	gone,
	hardlink,
	imageOf,
	opaque,
	symlink,
	viewOf,
} from './image-builder.ts';

describe('a layer over those below', () => {
	test('adds, changes, keeps and removes', () => {
		const tree = imageOf(
			[directory('etc'), file('etc/kept', 3), file('etc/changed', 4), file('etc/deleted', 5)],
			[directory('etc'), file('etc/changed', 6), gone('etc/deleted'), file('etc/new', 7)],
		);
		assert.deepEqual(drawn(viewOf(tree)), [
			'~ etc/ 16',
			'~ etc/changed 6',
			'- etc/deleted 5',
			'  etc/kept 3',
			'+ etc/new 7',
		]);
		assert.deepEqual(drawn(viewOf(tree, 0)), [
			'+ etc/ 12',
			'+ etc/changed 4',
			'+ etc/deleted 5',
			'+ etc/kept 3',
		]);
	});

	test('a removed directory takes all beneath it along', () => {
		const tree = imageOf(
			[directory('a'), directory('a/b'), file('a/b/c', 2), file('a/d', 3), file('e', 1)],
			[gone('a')],
		);
		assert.deepEqual(drawn(viewOf(tree)), ['- a/ 5', '- a/b/ 2', '- a/b/c 2', '- a/d 3', '  e 1']);
		assert.equal(viewOf(tree).sizes[0], 1);
	});

	test('an opaque directory hides what lower layers have in it, not what its own layer has', () => {
		for (const order of [0, 1]) {
			const own = [opaque('d'), file('d/new', 4)];
			const tree = imageOf(
				[directory('d'), file('d/old', 1), directory('d/sub'), file('d/sub/x', 2)],
				[directory('d'), ...(order === 0 ? own : own.toReversed())],
			);
			assert.deepEqual(drawn(viewOf(tree)), [
				'~ d/ 4',
				'+ d/new 4',
				'- d/old 1',
				'- d/sub/ 2',
				'- d/sub/x 2',
			]);
		}
	});

	test('a file in place of a directory ends what was in it', () => {
		const tree = imageOf([directory('a'), file('a/x', 2)], [file('a', 9)]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ a 9', '- a/x 2']);
		assert.equal(viewOf(tree).sizes[0], 9);
	});

	test('a link to a directory in place of one ends what was in it', () => {
		const tree = imageOf([directory('a'), file('a/x', 2), directory('b')], [symlink('a', 'b')]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ a 0', '- a/x 2', '  b/ 0']);
	});

	test('a directory in place of a file holds what the layer has in it', () => {
		const tree = imageOf([file('a', 9)], [directory('a'), file('a/x', 2)]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ a/ 2', '+ a/x 2']);
	});

	test('what a layer has wins over what it says is gone, wherever that stands', () => {
		for (const entries of [
			[gone('a'), file('a', 3)],
			[file('a', 3), gone('a')],
		])
			assert.deepEqual(drawn(viewOf(imageOf([file('a', 2), file('b')], entries))), ['~ a 3', '  b 1']);
	});

	test('a directory that is gone and there again is empty but for its own', () => {
		for (const entries of [
			[gone('d'), directory('d'), file('d/new', 3)],
			[directory('d'), file('d/new', 3), gone('d')],
		])
			assert.deepEqual(drawn(viewOf(imageOf([directory('d'), file('d/old', 2)], entries))), [
				'~ d/ 3',
				'+ d/new 3',
				'- d/old 2',
			]);
	});

	test('a file beneath a path that is gone brings its directories back without the rest', () => {
		const tree = imageOf([directory('d'), file('d/old', 2)], [gone('d'), file('d/new', 3)]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ d/ 3', '+ d/new 3', '- d/old 2']);
	});

	test('the last of several entries of a path counts', () => {
		assert.deepEqual(drawn(viewOf(imageOf([file('a', 1), file('b', 2), file('a', 7)]))), ['+ a 7', '+ b 2']);
	});

	test('directories that no entry tells of are there', () => {
		const tree = imageOf([file('a/b/c', 1)], [file('a/b/d', 2)]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ a/ 3', '~ a/b/ 3', '  a/b/c 1', '+ a/b/d 2']);
		assert.equal(factsAt(viewOf(tree), 'a')?.layer, -1);
		assert.equal(factsAt(viewOf(tree), 'a')?.mode, 0o755);
	});

	test('links are not followed: what comes beneath one makes it a directory', () => {
		const tree = imageOf([directory('real'), symlink('link', 'real')], [file('link/x', 2)]);
		assert.deepEqual(drawn(viewOf(tree)), ['~ link/ 2', '+ link/x 2', '  real/ 0']);
	});

	test('what marks a path gone that never was changes nothing', () => {
		assert.deepEqual(drawn(viewOf(imageOf([file('a')], [gone('b'), gone('c/d')]))), ['  a 1']);
	});

	test('the root cannot be taken away', () => {
		assert.deepEqual(drawn(viewOf(imageOf([file('a')], [gone(''), file('', 3), opaque('x')]))), ['  a 1']);
	});

	test('names of the union file system itself are nothing', () => {
		assert.deepEqual(drawn(viewOf(imageOf([file('.wh..wh.plnk', 0), file('a')]))), ['+ a 1']);
	});

	test('a path gone in one layer and back in another is new in that', () => {
		const tree = imageOf([file('a', 1)], [gone('a')], [file('a', 1)]);
		assert.deepEqual(drawn(viewOf(tree, 1)), ['- a 1']);
		assert.deepEqual(drawn(viewOf(tree, 2)), ['+ a 1']);
		// Up to the third layer it is as the lowest has it.
		assert.deepEqual(drawn(viewOf(tree, 2, true)), ['  a 1']);
	});

	test('changes up to a layer are those against the lowest', () => {
		const tree = imageOf([file('base', 1), file('old', 2)], [file('one', 3)], [gone('old'), file('one', 4)]);
		assert.deepEqual(drawn(viewOf(tree, 2)), ['  base 1', '- old 2', '~ one 4']);
		assert.deepEqual(drawn(viewOf(tree, 2, true)), ['  base 1', '- old 2', '+ one 4']);
		assert.deepEqual(drawn(viewOf(tree, 0, true)), ['  base 1', '  old 2']);
	});
});

describe('what counts as a change', () => {
	const change = (before: readonly TarEntry[], after: readonly TarEntry[]) =>
		factsAt(viewOf(imageOf(before, after)), 'x')?.change;

	test('content by size, then by sum', () => {
		assert.equal(change([file('x', 3)], [file('x', 4)]), 'modified');
		assert.equal(change([file('x', 3, {sum: 1})], [file('x', 3, {sum: 2})]), 'modified');
		assert.equal(change([file('x', 3)], [file('x', 3)]), 'unmodified');
	});

	test('of the same content mode, owner, time and attributes', () => {
		for (const facts of [{mode: 0o600}, {uid: 1}, {gid: 1}, {modifiedAtSeconds: 1}, {attributesSum: 1}])
			assert.equal(change([file('x')], [file('x', 1, facts)]), 'metadata', JSON.stringify(facts));
		assert.equal(change([file('x', 3)], [file('x', 4, {mode: 0o600})]), 'modified');
	});

	test('the kind, the target of a link, the numbers of a device', () => {
		assert.equal(change([file('x')], [symlink('x', 'y')]), 'modified');
		assert.equal(change([symlink('x', 'y')], [symlink('x', 'z')]), 'modified');
		assert.equal(change([symlink('x', 'y')], [symlink('x', 'y')]), 'unmodified');
		assert.equal(change([device('x', 1, 3)], [device('x', 1, 5)]), 'modified');
		assert.equal(change([device('x', 1, 3)], [device('x', 1, 3)]), 'unmodified');
	});

	test('of a directory mode and owner, not its time', () => {
		assert.equal(change([directory('x')], [directory('x', {modifiedAtSeconds: 5})]), 'unmodified');
		assert.equal(change([directory('x')], [directory('x', {mode: 0o700})]), 'metadata');
		assert.equal(change([directory('x'), file('x/y')], [directory('x', {mode: 0o700})]), 'metadata');
		assert.equal(
			change([directory('x'), file('x/y')], [directory('x'), file('x/y', 1, {uid: 1})]),
			'metadata',
		);
		assert.equal(change([directory('x'), file('x/y')], [directory('x'), file('x/z')]), 'modified');
		assert.equal(change([directory('x')], [directory('x'), file('x/z')]), 'modified');
	});

	test('a file that is stored under another of its names stays as it was', () => {
		assert.equal(
			change([file('x', 5), hardlink('y', 'x')], [file('y', 5), hardlink('x', 'y')]),
			'unmodified',
		);
		assert.equal(change([file('x', 5), hardlink('y', 'x')], [file('y', 6), hardlink('x', 'y')]), 'modified');
	});
});

describe('sizes', () => {
	test('a file with several names counts once in each directory', () => {
		const tree = imageOf([
			file('a/one', 10),
			hardlink('a/two', 'a/one'),
			hardlink('b/three', 'a/one'),
			hardlink('b/c/four', 'b/three'),
			file('b/other', 1),
		]);
		assert.deepEqual(drawn(viewOf(tree)), [
			'+ a/ 10',
			'+ a/one 10',
			'+ a/two 10',
			'+ b/ 11',
			'+ b/c/ 10',
			'+ b/c/four 10',
			'+ b/other 1',
			'+ b/three 10',
		]);
		assert.equal(viewOf(tree).sizes[0], 11);
	});

	test('a name that stays keeps its content when the other is changed or removed', () => {
		const base = [file('a/one', 10), hardlink('b/two', 'a/one')];
		const changed = viewOf(imageOf(base, [file('a/one', 3)]));
		assert.deepEqual(drawn(changed), ['~ a/ 3', '~ a/one 3', '  b/ 10', '  b/two 10']);
		assert.equal(changed.sizes[0], 13);
		const removed = viewOf(imageOf(base, [gone('a/one')]));
		assert.deepEqual(drawn(removed), ['~ a/ 0', '- a/one 10', '  b/ 10', '  b/two 10']);
		assert.equal(removed.sizes[0], 10);
	});

	test('a link to what a lower layer has', () => {
		const view = viewOf(imageOf([file('one', 10)], [hardlink('two', 'one')]));
		assert.deepEqual(drawn(view), ['  one 10', '+ two 10']);
		assert.equal(view.sizes[0], 10);
		assert.equal(factsAt(view, 'two')?.kind, 'hardlink');
		assert.equal(factsAt(view, 'two')?.linkTarget, 'one');
	});

	test('a link to a copy of what a lower layer has', () => {
		const view = viewOf(imageOf([file('one', 10)], [file('one', 10), hardlink('two', 'one')]));
		assert.deepEqual(drawn(view), ['  one 10', '+ two 10']);
		assert.equal(view.sizes[0], 10);
	});

	test('what was removed together counts once', () => {
		const view = viewOf(imageOf([file('d/one', 10), hardlink('d/two', 'd/one'), file('e', 1)], [gone('d')]));
		assert.deepEqual(drawn(view), ['- d/ 10', '- d/one 10', '- d/two 10', '  e 1']);
	});

	test('links in a ring or to nothing are of no size', () => {
		const view = viewOf(imageOf([hardlink('a', 'b'), hardlink('b', 'a'), hardlink('c', 'none')]));
		assert.deepEqual(drawn(view), ['+ a 0', '+ b 0', '+ c 0']);
	});
});

test('facts: of a link its target, of a name that is no UTF-8 its bytes, of a time its milliseconds', () => {
	const view = viewOf(
		imageOf([symlink('l', '../t\xff'), file('n\xe9\xff', 2, {modifiedAtSeconds: 1.5, uid: 7})]),
	);
	assert.equal(factsAt(view, 'l')?.linkTarget, '../t\xff');
	assert.deepEqual(factsAt(view, 'n\xe9\xff'), {
		node: 2,
		path: 'n\xe9\xff',
		kind: 'file',
		change: 'added',
		sizeBytes: 2,
		mode: 0o644,
		uid: 7,
		gid: 0,
		modifiedAt: 1500,
		layer: 0,
	});
});
