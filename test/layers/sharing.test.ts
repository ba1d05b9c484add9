import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ImageContents, shareLayers} from '../../source/layers/sharing.ts';

/** An image of these layers, `name:bytes` each. */
const image = (text: string, more = 0): ImageContents => {
	const parts = text.split(' ').map(part => part.split(':') as [string, string]);
	const below = [0];
	for (const [, bytes] of parts) below.push((below.at(-1) ?? 0) + Number(bytes));
	const diffIds = parts.map(([name]) => name);
	return {diffIds, least: below, most: below, sizeBytes: (below.at(-1) ?? 0) + more};
};

const exactly = (bytes: number) => ({least: bytes, most: bytes});

const some = new Map([
	['base', image('b:100')],
	['api', image('b:100 x:30 y:5')],
	['api2', image('b:100 x:30 z:7')],
	['same', image('b:100 x:30 z:7')],
	['other', image('c:50 x:30')],
]);

test('what only one image has is what it frees', () => {
	const sharing = shareLayers(some);
	assert.deepEqual(sharing.freedBy(['base']), exactly(0));
	assert.deepEqual(sharing.freedBy(['api']), exactly(5));
	assert.deepEqual(sharing.freedBy(['api2']), exactly(0));
	// The same content on another base is stored again.
	assert.deepEqual(sharing.freedBy(['other']), exactly(80));
});

test('what a set shares within itself counts once and goes, what others share stays', () => {
	const sharing = shareLayers(some);
	assert.deepEqual(sharing.freedBy(['api2', 'same']), exactly(7));
	assert.deepEqual(sharing.freedBy(['api', 'api2', 'same']), exactly(42));
	assert.deepEqual(sharing.freedBy(['base', 'api', 'api2', 'same']), exactly(142));
	assert.deepEqual(sharing.freedBy(some.keys()), exactly(222));
	assert.deepEqual(sharing.sizeOf(some.keys()), exactly(222));
	assert.deepEqual(sharing.freedBy([]), exactly(0));
	assert.deepEqual(sharing.freedBy(['unknown']), exactly(0));
});

test('a layer by its content, wherever it lies', () => {
	const sharing = shareLayers(some);
	assert.deepEqual(sharing.imagesWith('x'), ['api', 'api2', 'same', 'other']);
	assert.deepEqual(sharing.imagesWith('nothing'), []);
});

test('what is built on an image has all of its layers', () => {
	const sharing = shareLayers(some);
	assert.deepEqual(sharing.basedOn('base'), ['api', 'api2', 'same']);
	assert.deepEqual(sharing.basedOn('same'), ['api2']);
	assert.deepEqual(sharing.basedOn('api'), []);
	assert.deepEqual(sharing.basedOn('unknown'), []);
});

test('bytes that cannot be told apart are told as between two numbers', () => {
	const open: ImageContents = {
		diffIds: ['b', 'x', 'y'],
		least: [0, 100, 100, 130],
		most: [0, 100, 130, 130],
		sizeBytes: 130,
	};
	const other = {...open, diffIds: ['b', 'x', 'z']};
	const sharing = shareLayers(
		new Map([
			['open', open],
			['other', other],
		]),
	);
	assert.deepEqual(sharing.freedBy(['open']), {least: 0, most: 30});
	// An image of these very layers knows what they hold.
	const better = shareLayers(
		new Map([
			['open', open],
			['two', image('b:100 x:30')],
		]),
	);
	assert.deepEqual(better.freedBy(['open']), exactly(0));
	const whole = shareLayers(new Map([['open', open]]));
	assert.deepEqual(whole.freedBy(['open']), exactly(130));
});

test('what an engine keeps beside the layers goes with an image that shares nothing, else perhaps', () => {
	const sharing = shareLayers(
		new Map([
			['a', image('b:100 x:30', 60)],
			['b', image('b:100', 40)],
			['c', image('d:9', 3)],
		]),
	);
	assert.deepEqual(sharing.freedBy(['c']), exactly(12));
	assert.deepEqual(sharing.freedBy(['a']), {least: 30, most: 90});
	assert.deepEqual(sharing.freedBy(['b']), exactly(0));
});

test('ten thousand images are shared out in no time', () => {
	const many = new Map(
		Array.from({length: 10_000}, (_, n) => [
			`i${n}`,
			image(
				Array.from({length: 15}, (_, k) => (k < 8 ? `base${n % 50}-${k}:10` : `own${n}-${k}:1`)).join(' '),
			),
		]),
	);
	const begin = performance.now();
	const sharing = shareLayers(many);
	for (const id of many.keys()) sharing.freedBy([id]);
	const took = performance.now() - begin;
	assert.deepEqual(sharing.freedBy(['i7']), exactly(7));
	assert.ok(took < 1000, `${took} ms`);
	console.log(`# ${Math.round(took)} ms`);
});
