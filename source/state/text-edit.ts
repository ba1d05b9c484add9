import {graphemes} from '../format/graphemes.ts';
import {replaced} from './replaced.ts';

/** A line of text being typed. `cursor` counts UTF-16 units and always stands at a grapheme boundary. */
export type TextValue = {readonly text: string; readonly cursor: number};

export type TextEdit =
	| {readonly kind: 'insert'; readonly text: string}
	| {readonly kind: 'delete-back' | 'delete-forward' | 'delete-word' | 'delete-to-start' | 'delete-to-end'}
	| {readonly kind: 'left' | 'right' | 'word-left' | 'word-right' | 'start' | 'end'};

export const textValue = (text: string): TextValue => ({text, cursor: text.length});

const boundaries = (text: string): readonly number[] => [
	...Array.from(graphemes(text), part => part.index),
	text.length,
];

const before = (text: string, cursor: number): number =>
	boundaries(text).findLast(index => index < cursor) ?? 0;

const after = (text: string, cursor: number): number =>
	boundaries(text).find(index => index > cursor) ?? text.length;

const wordStart = (text: string, cursor: number): number =>
	cursor - (/\S*\s*$/u.exec(text.slice(0, cursor))?.[0].length ?? 0);

const wordEnd = (text: string, cursor: number): number =>
	cursor + (/^\s*\S*/u.exec(text.slice(cursor))?.[0].length ?? 0);

const without = (text: string, from: number, to: number): TextValue => ({
	text: text.slice(0, from) + text.slice(to),
	cursor: from,
});

/** Newlines and controls in pasted text become spaces: a field is one line. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

const edited = ({text, cursor}: TextValue, edit: TextEdit): TextValue => {
	switch (edit.kind) {
		case 'insert': {
			const added = oneLine(edit.text);
			return {text: text.slice(0, cursor) + added + text.slice(cursor), cursor: cursor + added.length};
		}
		case 'delete-back':
			return without(text, before(text, cursor), cursor);
		case 'delete-forward':
			return {text: text.slice(0, cursor) + text.slice(after(text, cursor)), cursor};
		case 'delete-word':
			return without(text, wordStart(text, cursor), cursor);
		case 'delete-to-start':
			return without(text, 0, cursor);
		case 'delete-to-end':
			return without(text, cursor, text.length);
		case 'left':
			return {text, cursor: before(text, cursor)};
		case 'right':
			return {text, cursor: after(text, cursor)};
		case 'word-left':
			return {text, cursor: wordStart(text, cursor)};
		case 'word-right':
			return {text, cursor: wordEnd(text, cursor)};
		case 'start':
			return {text, cursor: 0};
		case 'end':
			return {text, cursor: text.length};
	}
};

/** The same value when the edit changes nothing. */
export const editText = (value: TextValue, edit: TextEdit): TextValue => replaced(value, edited(value, edit));
