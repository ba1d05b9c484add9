import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ASCII_BAR, bar} from '../../source/format/bar.ts';
import {graph} from '../../source/format/graph.ts';
import {ASCII_LEVELS, sparkline} from '../../source/format/sparkline.ts';

test('sparkline', () => {
	assert.equal(sparkline([0, 50, 100], 3), '▁▅█');
	assert.equal(sparkline([0, 50, 100], 5), '  ▁▅█');
	assert.equal(sparkline([9, 0, 50, 100], 3), '▁▅█', 'the newest values');
	assert.equal(sparkline([1, undefined, Number.NaN, 1], 4), '█  █', 'gaps');
	assert.equal(sparkline([0, 0], 2), '▁▁');
	assert.equal(sparkline([10, 500, -3], 3, {max: 100}), '▂█▁', 'clamped');
	assert.equal(sparkline([0, 100], 2, {levels: ASCII_LEVELS}), '_#');
	assert.equal(sparkline([], 2), '  ');
	assert.equal(sparkline([1], 0), '');
});

const bars: readonly [number | undefined, number, string][] = [
	[0, 4, '░░░░'],
	[0.5, 4, '██░░'],
	[0.53125, 4, '██▏░'],
	[0.999, 4, '███▉'],
	[1, 4, '████'],
	[7, 4, '████'],
	[-1, 4, '░░░░'],
	[undefined, 4, '╌╌╌╌'],
	[Number.NaN, 2, '╌╌'],
	[0.5, 0, ''],
];

for (const [fraction, width, expected] of bars)
	test(`bar(${fraction}, ${width})`, () => assert.equal(bar(fraction, width), expected));

test('an ASCII bar is full only when it is done', () => {
	assert.equal(bar(0.99, 4, ASCII_BAR), '###.');
	assert.equal(bar(1, 4, ASCII_BAR), '####');
	assert.equal(bar(undefined, 3, ASCII_BAR), '---');
});

test('graph', () => {
	assert.deepEqual(graph([0, 50, 100], 3, 2, 100), ['  █', '▁██']);
	assert.deepEqual(graph([25], 3, 2, 100), ['   ', '  ▄']);
	assert.deepEqual(graph([undefined, Number.NaN, 1000], 3, 1, 10), ['  █']);
	assert.deepEqual(graph([5], 2, 1, 0), [' ▁']);
	assert.deepEqual(graph([5], 0, 2, 1), []);
	assert.deepEqual(graph([], 2, 2, 1), ['  ', '  ']);
});
