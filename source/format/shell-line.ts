import {quoteWord} from './shell-words.ts';

// A pasted control character speaks to the terminal's line editor even inside quotes. Line feeds are left: `$(…)`
// would drop those at its end, and in quotes they only go on.
const CONTROLS = /[\0-\x09\x0b-\x1f\x7f-\x9f]+/g;

const octal = (text: string): string =>
	[...new TextEncoder().encode(text)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');

const quoted = (word: string): string => {
	let result = '';
	let end = 0;
	for (const match of word.matchAll(CONTROLS)) {
		const plain = word.slice(end, match.index);
		result += `${plain === '' ? '' : quoteWord(plain)}"$(printf '${octal(match[0])}')"`;
		end = match.index + match[0].length;
	}
	const last = word.slice(end);
	return result === '' || last !== '' ? result + quoteWord(last) : result;
};

/** Words as a line that any POSIX shell reads back as they are; no control character but the line feed is in it. */
export const shellLine = (...words: readonly string[]): string => words.map(quoted).join(' ');
