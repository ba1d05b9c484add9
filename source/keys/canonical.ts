import {graphemes} from '../format/graphemes.ts';

/** What Ink tells of a key press (a part of its `Key`). */
export type InkKey = {
	readonly upArrow: boolean;
	readonly downArrow: boolean;
	readonly leftArrow: boolean;
	readonly rightArrow: boolean;
	readonly pageDown: boolean;
	readonly pageUp: boolean;
	readonly home: boolean;
	readonly end: boolean;
	readonly return: boolean;
	readonly escape: boolean;
	readonly ctrl: boolean;
	readonly shift: boolean;
	readonly tab: boolean;
	readonly backspace: boolean;
	readonly delete: boolean;
	readonly meta: boolean;
	readonly eventType?: 'press' | 'repeat' | 'release';
};

/**
 * One key press. `name` is how keymap and docs spell it (`ctrl-a`, `space`, `K`, `up`);
 * `text` is what it types into a field, when it types anything.
 */
export type KeyPress = {readonly name: string; readonly text?: string};

const named: readonly (readonly [keyof InkKey, string])[] = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageDown', 'pgdn'],
	['pageUp', 'pgup'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

const controlNames: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u007F': 'backspace',
	'\b': 'backspace',
	' ': 'space',
};

const isControlLetter = (text: string): boolean => text >= '\u0001' && text <= '\u001A' && text.length === 1;

const nameOf = (text: string): string =>
	controlNames[text] ??
	(isControlLetter(text) ? `ctrl-${String.fromCharCode(text.charCodeAt(0) + 0x60)}` : text);

const typed = (text: string): KeyPress => {
	const name = nameOf(text);
	return /\p{Cc}/u.test(text) ? {name} : {name, text};
};

/**
 * Ink's key event as key presses. Over a slow line several keys arrive at once: they are told apart here,
 * so that `jjj` moves three lines. Releases and what names no key give none.
 */
export const keyPresses = (input: string, key: InkKey): readonly KeyPress[] => {
	if (key.eventType === 'release') return [];
	const special = named.find(([field]) => key[field] === true);
	if (special !== undefined) {
		const [, name] = special;
		// Escape with alt is what two of them look like when they arrive together.
		if (name === 'esc' && key.meta) return [{name}, {name}];
		const modifier = `${key.ctrl ? 'ctrl-' : ''}${key.meta ? 'alt-' : ''}${key.shift ? 'shift-' : ''}`;
		return [{name: `${modifier}${name}`}];
	}
	if (input === '') return [];
	if (key.ctrl) return [{name: `ctrl-${input === ' ' ? 'space' : input.toLowerCase()}`}];
	if (key.meta) return [{name: `alt-${input}`}];
	return Array.from(graphemes(input), ({segment}) => typed(segment));
};

/**
 * Terminals send alt with a key as escape and the key. An alt key that means nothing was escape and then that key,
 * typed so fast, or over so slow a line, that they came together.
 */
export const afterEscape = ({name}: KeyPress): readonly KeyPress[] => {
	const key = /^alt-(.)$/u.exec(name)?.[1];
	return key === undefined ? [] : [{name: 'esc'}, typed(key)];
};
