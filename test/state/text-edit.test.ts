import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {editText, type TextEdit, type TextValue} from '../../source/state/text-edit.ts';

/** A bar stands for the cursor. */
const marked = (text: string): TextValue => ({text: text.replace('|', ''), cursor: text.indexOf('|')});
const shown = ({text, cursor}: TextValue): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const cases: readonly (readonly [before: string, edit: TextEdit, after: string])[] = [
	['ab|', {kind: 'insert', text: 'c'}, 'abc|'],
	['a|b', {kind: 'insert', text: 'xy'}, 'axy|b'],
	['|', {kind: 'insert', text: 'two\r\nlines\tand \u001Bmore'}, 'two lines and  more|'],
	['|', {kind: 'insert', text: '漢字🚢'}, '漢字🚢|'],
	['ab|c', {kind: 'delete-back'}, 'a|c'],
	['|abc', {kind: 'delete-back'}, '|abc'],
	['a👩‍👩‍👧|b', {kind: 'delete-back'}, 'a|b'],
	['e\u0301|', {kind: 'delete-back'}, '|'],
	['a|bc', {kind: 'delete-forward'}, 'a|c'],
	['a|🇩🇪b', {kind: 'delete-forward'}, 'a|b'],
	['abc|', {kind: 'delete-forward'}, 'abc|'],
	['one two  |three', {kind: 'delete-word'}, 'one |three'],
	['one tw|o', {kind: 'delete-word'}, 'one |o'],
	['|one', {kind: 'delete-word'}, '|one'],
	['one t|wo', {kind: 'delete-to-start'}, '|wo'],
	['one t|wo', {kind: 'delete-to-end'}, 'one t|'],
	['ab|', {kind: 'left'}, 'a|b'],
	['|ab', {kind: 'left'}, '|ab'],
	['a🚢|b', {kind: 'left'}, 'a|🚢b'],
	['a|🚢b', {kind: 'right'}, 'a🚢|b'],
	['ab|', {kind: 'right'}, 'ab|'],
	['one two|', {kind: 'word-left'}, 'one |two'],
	['one |two', {kind: 'word-left'}, '|one two'],
	['|one two', {kind: 'word-right'}, 'one| two'],
	['one| two', {kind: 'word-right'}, 'one two|'],
	['a|b', {kind: 'start'}, '|ab'],
	['a|b', {kind: 'end'}, 'ab|'],
];

suite('a line of text', () => {
	for (const [before, edit, after] of cases) {
		test(`${before} ${JSON.stringify(edit)} ${after}`, () => {
			assert.equal(shown(editText(marked(before), edit)), after);
		});
	}

	test('is the very same when the edit changes nothing', () => {
		const value = marked('|ab');
		for (const kind of [
			'left',
			'start',
			'delete-back',
			'delete-word',
			'delete-to-start',
			'word-left',
		] as const)
			assert.equal(editText(value, {kind}), value, kind);
	});
});
