import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {sanitiseLog} from '../../source/format/sanitise.ts';
import {fitStyled} from '../../source/format/styled.ts';
import {randomTexts} from './random-text.ts';

const RED = '\x1b[31m';
const RESET = '\x1b[0m';

const cases: readonly [string, string, number, number, string][] = [
	['pads', 'ab', 4, 0, 'ab  '],
	['cuts', 'abcdef', 3, 0, 'abc'],
	['scrolls', 'abcdef', 3, 2, 'cde'],
	['scrolls past the end', 'ab', 3, 9, '   '],
	['keeps a style that is open at the edge', `${RED}abcdef`, 2, 3, `${RED}de${RESET}`],
	['halves a wide glyph at both edges', '漢字漢', 4, 1, ' 字 '],
	['has no room', 'abc', 0, 0, ''],
];

for (const [name, text, width, from, expected] of cases)
	test(`fitStyled ${name}`, () => assert.equal(fitStyled(text, width, from), expected));

test('fitStyled gives exactly the width, whatever the line', () => {
	for (const text of randomTexts(3000, 5))
		for (const [width, from] of [
			[1, 0],
			[5, 0],
			[5, 3],
			[12, 1],
		] as const) {
			const line = sanitiseLog(text);
			assert.equal(stringWidth(fitStyled(line, width, from)), width, JSON.stringify({line, width, from}));
		}
});
