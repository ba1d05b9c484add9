import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {apiPace, localPace, type ReadPlan, readsDue} from '../../source/feed/stats-plan.ts';
import {idOf} from '../helpers/objects.ts';

const now = 1_000_000;
const ids = (count: number) => Array.from({length: count}, (_, n) => idOf(n));
const due = (plan: Partial<ReadPlan>) =>
	readsDue({pace: apiPace, fast: [], slow: [], lastAt: () => 0, readingsOf: () => 2, now, ...plan});

describe('whom to ask in a beat', () => {
	it('everybody on the screen when they are few', () => {
		assert.deepEqual(due({fast: ids(20), lastAt: () => now - 990}), ids(20));
	});

	it('every second time when they are many', () => {
		assert.deepEqual(due({fast: ids(21), lastAt: () => now - 990}), []);
		assert.deepEqual(due({fast: ids(21), lastAt: () => now - 1990}), ids(21));
	});

	it('a fifteenth of the rest, the longest unasked first, and never more than twenty', () => {
		const lastAt = (id: string): number => now - 1000 - Number.parseInt(id, 16);
		assert.deepEqual(due({slow: ids(40), lastAt}), [idOf(39), idOf(38), idOf(37)]);
		assert.equal(due({slow: ids(10_000), lastAt}).length, 20);
	});

	it('more of the rest while their percentages are missing, but nobody twice in a second', () => {
		assert.equal(due({slow: ids(100), readingsOf: () => 1, lastAt: () => now - 1000}).length, 20);
		assert.equal(due({slow: ids(100), readingsOf: () => 1, lastAt: () => now - 300}).length, 0);
	});

	it('everybody on the screen and a fifth of the rest where that is cheap, within bounds', () => {
		const lastAt = () => now - 990;
		assert.equal(due({pace: localPace, fast: ids(100), lastAt}).length, 100);
		assert.equal(due({pace: localPace, slow: ids(100), lastAt}).length, 20);
		assert.equal(due({pace: localPace, slow: ids(10_000), lastAt}).length, 50);
		assert.equal(due({pace: localPace, slow: ids(10_000), readingsOf: () => 0}).length, 50);
	});

	it('nobody when nobody is wanted', () => {
		assert.deepEqual(due({}), []);
	});
});
