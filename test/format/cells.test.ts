import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {type CutAt, cellWidth, cut, fit} from '../../source/format/cells.ts';
import {sanitise} from '../../source/format/sanitise.ts';
import {randomTexts} from './random-text.ts';

const widths: readonly [string, number][] = [
	['', 0],
	['abc', 3],
	['漢字', 4],
	['한글', 4],
	['e\u0301', 1],
	['👍', 2],
	['👩\u200d👩\u200d👧', 2],
	['🇩🇪', 2],
	['שלום', 4],
	['│●▁', 3],
];

for (const [text, width] of widths)
	test(`${JSON.stringify(text)} takes ${width} cells`, () => assert.equal(cellWidth(text), width));

const cuts: readonly [string, number, CutAt, string][] = [
	['abcdef', 6, 'end', 'abcdef'],
	['abcdef', 5, 'end', 'abcd…'],
	['abcdef', 5, 'start', '…cdef'],
	['abcdef', 5, 'middle', 'ab…ef'],
	['abcdef', 4, 'middle', 'a…ef'],
	['abcdef', 1, 'middle', '…'],
	['abcdef', 0, 'end', ''],
	['abcdef', -3, 'end', ''],
	['漢字漢字', 5, 'end', '漢字…'],
	['漢字漢字', 4, 'end', '漢…'],
	['漢字漢字', 6, 'start', '…漢字'],
	['e\u0301e\u0301e\u0301', 2, 'end', 'e\u0301…'],
	['👩\u200d👩\u200d👧👍', 3, 'end', '👩\u200d👩\u200d👧…'],
];

for (const [text, width, at, expected] of cuts)
	test(`cut ${JSON.stringify(text)} to ${width} at the ${at}`, () =>
		assert.equal(cut(text, width, at), expected));

test('fit pads a wide glyph that would straddle the edge', () => {
	assert.equal(fit('漢字漢', 4), '漢… ');
	assert.equal(fit('漢字漢', 4, {align: 'right'}), ' 漢…');
	assert.equal(fit('漢', 1), '…');
	assert.equal(fit('7', 3, {align: 'right'}), '  7');
	assert.equal(fit('abc', 0), '');
	assert.equal(fit('abcdef', 4, {ellipsis: '~'}), 'abc~');
});

test('fit gives exactly the width, whatever the text', () => {
	for (const text of randomTexts(3000)) {
		const safe = sanitise(text);
		for (const at of ['start', 'middle', 'end'] as const)
			for (const width of [0, 1, 2, 3, 7, 12])
				assert.equal(stringWidth(fit(safe, width, {cut: at})), width, JSON.stringify({safe, at, width}));
	}
});

test('a text has the width that string-width gives it', () => {
	for (const text of randomTexts(3000, 2))
		assert.equal(cellWidth(sanitise(text)), stringWidth(sanitise(text)), JSON.stringify(text));
});
