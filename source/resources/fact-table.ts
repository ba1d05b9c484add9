import {sanitise} from '../format/sanitise.ts';
import {MASK, maskEntries, maskNamed} from '../format/secrets.ts';
import type {Token} from '../theme/tokens.ts';

/** Text, which may hold line feeds, and what it means. */
export type FactCell = {readonly text: string; readonly tone?: Token | undefined};

/** Facts that belong together. */
export type FactTable = {
	/** Different from one another; the first one names the table. */
	readonly headers: readonly string[];
	readonly rows: readonly (readonly FactCell[])[];
	/** On a wide screen. */
	readonly side: 'left' | 'right';
};

/** How the one who reads wants them. */
export type FactOptions = {readonly isRevealed: boolean};

/** Each line of a text from outside made safe. */
const safeLines = (text: string): string => text.split(/\r?\n/).map(sanitise).join('\n');

export const cell = (text: string, tone?: Token): FactCell => ({text: safeLines(text), tone});

/** What says that there is nothing. */
export const absent = (text: string): FactCell => ({text, tone: 'dim'});

/** A value, or the words for that there is none. */
export const orAbsent = (text: string, none: string): FactCell => (text === '' ? absent(none) : cell(text));

/** A fact by its name. */
export const fact = (name: string, value: FactCell): readonly FactCell[] => [
	{text: name, tone: 'info'},
	value,
];

/** A value of which secrets may be hidden. */
export const hidden = (shown: string, whole: string): FactCell =>
	shown === whole ? cell(whole) : cell(shown, 'watch');

/** `NAME=value` as two cells, the value hidden when its name says so. */
export const entryCells = (entry: string, {isRevealed}: FactOptions): readonly FactCell[] => {
	const at = entry.indexOf('=');
	const name = at === -1 ? entry : entry.slice(0, at);
	const value = at === -1 ? '' : entry.slice(at + 1);
	return [{...cell(name), tone: 'info'}, hidden(isRevealed ? value : maskNamed(name, value), value)];
};

/** A command line as it is read, one word after the other as a shell would take them. */
export const commandCell = (
	words: readonly string[],
	none: string,
	quote: (word: string) => string,
	{isRevealed}: FactOptions,
): FactCell => {
	if (words.length === 0) return absent(none);
	const line = (each: readonly string[]): string =>
		each.map(word => (word === MASK ? word : quote(word))).join(' ');
	return hidden(line(isRevealed ? words : maskEntries(words)), line(words));
};

/** Date and time by UTC: `2026-11-22 06:59:21`. @param ms epoch milliseconds */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export const timeCell = (ms: number | undefined, none: string): FactCell =>
	ms === undefined ? absent(none) : cell(`${timeText(ms)} UTC`);
