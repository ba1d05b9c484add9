import assert from 'node:assert/strict';
import {test} from 'node:test';
import {erasesBlank, penAfter, penChange} from '../../source/output/pen.ts';

const afters: readonly (readonly [before: string, parameters: string, after: string | undefined])[] = [
	['', '1', '1'],
	['1', '', ''],
	['1;32', '0;4', '4'],
	['32', '1', '1;32'],
	['7', '3;1', '1;3;7'],
	['1;2;31', '22', '31'],
	['31', '38;5;208', '38;5;208'],
	['31', '48;2;1;2;3', '31;48;2;1;2;3'],
	['38;2;255;0;0;41', '39', '41'],
	['41', '39;49', ''],
	['', '97;107', '97;107'],
	['', '38;5', undefined],
	['', '38;5;256', undefined],
	['', '38;3;1', undefined],
	['', '21', undefined],
];

for (const [before, parameters, after] of afters)
	test(`${before || 'the default'} and then ${parameters || 'nothing'} is ${after ?? 'not known'}`, () => {
		assert.equal(penAfter(before, parameters), after);
	});

const changes: readonly (readonly [from: string, to: string, change: string])[] = [
	['32', '32', ''],
	['1;7;32', '', '\x1b[m'],
	['', '32', '\x1b[32m'],
	['32', '1;32', '\x1b[1m'],
	['1;32', '32', '\x1b[22m'],
	['1;2;38;5;208', '1;38;5;208', '\x1b[22;1m'],
	['1;2', '1', '\x1b[0;1m'],
	['32', '44', '\x1b[0;44m'],
	['38;2;1;2;3;44', '44', '\x1b[39m'],
	['7;38;5;208', '7;38;5;209', '\x1b[38;5;209m'],
];

for (const [from, to, change] of changes)
	test(`from ${from || 'the default'} to ${to || 'the default'} by ${JSON.stringify(change)}`, () => {
		assert.equal(penChange(from, to).length, change.length);
		assert.equal(penChange(from, to), change);
	});

test('a background, or inverse, is erased with its colour', () => {
	assert.deepEqual(['', '1;32', '41', '7', '38;5;1;49'].map(erasesBlank), [true, true, false, false, true]);
});
