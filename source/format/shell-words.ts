import {accept, type Parsed, refuse} from './parsed.ts';

/** One step through the text: blank, quoted, escaped or bare. Groups hold what the word gains. */
const TOKEN =
	/(?<blank>\s+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<escaped>.)|(?<bare>[^\s'"\\]+)|(?<open>.)/gs;

const inDoubleQuotes = (text: string): string =>
	text.replace(/\\(\n|["\\$`])/g, (_, character: string) => (character === '\n' ? '' : character));

/** Words of a command line by the quoting rules of a POSIX shell; nothing is expanded. */
export const splitWords = (text: string): Parsed<readonly string[]> => {
	const words: string[] = [];
	let word: string | undefined;
	for (const {groups = {}} of text.matchAll(TOKEN)) {
		if (groups.open !== undefined)
			return refuse(
				text,
				groups.open === '\\'
					? 'the backslash at the end escapes nothing'
					: `the quote ${groups.open} is not closed`,
			);
		if (groups.blank !== undefined) {
			if (word !== undefined) words.push(word);
			word = undefined;
			continue;
		}
		const double = groups.double === undefined ? undefined : inDoubleQuotes(groups.double);
		word = (word ?? '') + (groups.single ?? double ?? groups.escaped ?? groups.bare ?? '');
	}
	if (word !== undefined) words.push(word);
	return accept(words);
};

/** The word as a shell reads it back. */
export const quoteWord = (word: string): string =>
	/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
