import {accept, type Parsed} from './parsed.ts';

/** A repeat of what holds a repeat itself: a line that does not match may take longer than a life. */
const NESTED_REPEAT = /\((?:\\.|[^\\()])*(?:[*+]|\{\d+,)(?:\\.|[^\\()])*\)(?:[*+]|\{\d+,)/;
const ALTERNATIVES_REPEATED = /\((?:\\.|[^\\()])*\|(?:\\.|[^\\()])*\)(?:[*+]|\{\d+,)/;
const LOOKING_BACK = /\\[1-9]|\\k</;
const UNBOUNDED = /(?<!\\)(?:[*+]|\{\d+,\})/g;
const MAX_UNBOUNDED = 3;

const slowness = (text: string): string | undefined => {
	if (NESTED_REPEAT.test(text) || ALTERNATIVES_REPEATED.test(text))
		return 'a repeat inside a repeat may take for ever';
	if (LOOKING_BACK.test(text)) return 'back-references are not looked for';
	if ((text.match(UNBOUNDED)?.length ?? 0) > MAX_UNBOUNDED)
		return `more than ${MAX_UNBOUNDED} repeats may take for ever`;
	return undefined;
};

/**
 * The regular expression that was typed, case-sensitive once it holds a capital letter; none for an empty text. Those
 * that may take too long for a line are refused. The reason is one short clause.
 */
export const parsePattern = (text: string): Parsed<RegExp | undefined> => {
	if (text === '') return accept(undefined);
	const reason = slowness(text);
	if (reason !== undefined) return {ok: false, reason};
	const hasCapitals = /\p{Lu}/u.test(text.replaceAll(/\\[A-Za-z]/g, ''));
	try {
		return accept(new RegExp(text, hasCapitals ? '' : 'i'));
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		return {ok: false, reason: words.slice(words.lastIndexOf(': ') + 1).trim()};
	}
};
