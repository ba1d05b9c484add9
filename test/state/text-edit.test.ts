import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {editText, type TextEdit, type TextValue} from '../../source/state/text-edit.ts';

/** A bar stands for the cursor. */
const valueOf = (marked: string): TextValue => ({text: marked.replace('|', ''), cursor: marked.indexOf('|')});
const shown = ({text, cursor}: TextValue): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const cases: readonly (readonly [
	before: string,
	edit: TextEdit['kind'] | {readonly insert: string},
	after: string,
])[] = [
	['ab|', {insert: 'c'}, 'abc|'],
	['a|b', {insert: 'xy'}, 'axy|b'],
	['|', {insert: 'two\r\nlines\tand \u001Bmore'}, 'two lines and  more|'],
	['|', {insert: '漢字🚢'}, '漢字🚢|'],
	['ab|c', 'delete-back', 'a|c'],
	['|abc', 'delete-back', '|abc'],
	['a👩‍👩‍👧|b', 'delete-back', 'a|b'],
	['e\u0301|', 'delete-back', '|'],
	['a|bc', 'delete-forward', 'a|c'],
	['a|🇩🇪b', 'delete-forward', 'a|b'],
	['abc|', 'delete-forward', 'abc|'],
	['one two  |three', 'delete-word', 'one |three'],
	['one tw|o', 'delete-word', 'one |o'],
	['|one', 'delete-word', '|one'],
	['one t|wo', 'delete-to-start', '|wo'],
	['one t|wo', 'delete-to-end', 'one t|'],
	['ab|', 'left', 'a|b'],
	['|ab', 'left', '|ab'],
	['a🚢|b', 'left', 'a|🚢b'],
	['a|🚢b', 'right', 'a🚢|b'],
	['ab|', 'right', 'ab|'],
	['one two|', 'word-left', 'one |two'],
	['one |two', 'word-left', '|one two'],
	['|one two', 'word-right', 'one| two'],
	['one| two', 'word-right', 'one two|'],
	['a|b', 'start', '|ab'],
	['a|b', 'end', 'ab|'],
];

suite('a line of text', () => {
	for (const [before, edit, after] of cases) {
		const given: TextEdit = typeof edit === 'string' ? {kind: edit} : {kind: 'insert', text: edit.insert};
		test(`${before} ${JSON.stringify(edit)} ${after}`, () => {
			assert.equal(shown(editText(valueOf(before), given)), after);
		});
	}

	test('is the very same when the edit changes nothing', () => {
		const value = valueOf('|ab');
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
