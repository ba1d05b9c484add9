import assert from 'node:assert/strict';
import {test} from 'node:test';
import {naturalOrder} from '../../source/format/natural-order.ts';

const collator = new Intl.Collator('en', {numeric: true});
const printable = Array.from({length: 95}, (_, index) => String.fromCharCode(32 + index));

test('single characters stand as in the collation', () => {
	for (const left of printable)
		for (const right of printable)
			assert.equal(
				Math.sign(naturalOrder(left, right)),
				collator.compare(left, right),
				`${left} against ${right}`,
			);
});

test('names stand as in the collation, numbers by their value', () => {
	let seed = 7;
	const random = (below: number): number => {
		seed = (seed * 48271) % 2147483647;
		return seed % below;
	};
	const parts = ['api', 'API', 'db', '1', '2', '10', '007', '0', '-', '_', '.', '/', ':', 'a', 'B', ' '];
	const name = (): string => Array.from({length: random(6)}, () => parts[random(parts.length)]).join('');
	for (let round = 0; round < 20_000; round += 1) {
		const [left, right] = [name(), name()];
		assert.equal(
			Math.sign(naturalOrder(left, right)),
			collator.compare(left, right),
			JSON.stringify([left, right]),
		);
	}
});

test('names that are not ASCII stand as in the collation', () => {
	for (const [left, right] of [
		['é', 'f'],
		['翻訳', 'web'],
		['api-é2', 'api-é10'],
	] as const)
		assert.equal(Math.sign(naturalOrder(left, right)), collator.compare(left, right));
});
