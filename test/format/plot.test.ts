import assert from 'node:assert/strict';
import {test} from 'node:test';
import {blockPlot, braillePlot, roundMemoryTop, roundTop} from '../../source/format/plot.ts';

const gap = Number.NaN;

test('braille has two moments to a cell and four steps to a row', () => {
	assert.deepEqual(braillePlot({mean: [1, 2, 3, 4], height: 1, top: 4}), ['⣠⣾']);
	assert.deepEqual(braillePlot({mean: [8, 4, 0, 8], height: 2, top: 8}), ['⡇⢸', '⣿⣸']);
});

test('a gap is empty, and a zero is not', () => {
	assert.deepEqual(braillePlot({mean: [gap, gap, 0, 0], height: 2, top: 8}), ['  ', ' ⣀']);
	assert.deepEqual(blockPlot({mean: [gap, 0, 8], height: 1, top: 8}), [' ▁█']);
});

test('the most of a moment is a dot above its mean', () => {
	assert.deepEqual(braillePlot({mean: [1, 1], most: [4, 1], height: 1, top: 4}), ['⣁']);
});

test('a limit is drawn where nothing else stands', () => {
	const line = {value: 8, glyph: '┄'};
	assert.deepEqual(braillePlot({mean: [8, 8, 1, 1], height: 2, top: 8, line}), ['⣿┄', '⣿⣀']);
	assert.deepEqual(blockPlot({mean: [1, 1], height: 2, top: 4, line}), ['  ', '▄▄']);
	assert.deepEqual(blockPlot({mean: [0, 0], height: 4, top: 16, line}, '#'), ['  ', '  ', '┄┄', '##']);
});

test('values above the upper edge reach it, and no further', () => {
	assert.deepEqual(blockPlot({mean: [99], height: 2, top: 8}), ['█', '█']);
});

test('scales end at round values', () => {
	const table = [
		[0, 10],
		[Number.NaN, 10],
		[11, 20],
		[99, 100],
		[101, 200],
		[1234, 2000],
	] as const;
	for (const [value, expected] of table) assert.equal(roundTop(value, 10), expected, `${value}`);
	const mib = 1024 ** 2;
	assert.equal(roundMemoryTop(0, mib), mib);
	assert.equal(roundMemoryTop(9 * mib, mib), 12 * mib);
	assert.equal(roundMemoryTop(13 * mib, mib), 16 * mib);
	assert.equal(roundMemoryTop(16 * mib, mib), 16 * mib);
});
