import {cellWidth, clusters, isPrintableAscii} from './cells.ts';

/**
 * Escape sequences after ECMA-48 in their 7-bit and 8-bit forms: control strings (OSC, DCS, SOS, PM, APC) up to
 * their terminator, CSI sequences, and the short ones. A control string without its end loses only its
 * introducer, so that no text can be hidden behind it. Every branch is linear in the length of the text.
 */
const SEQUENCE =
	/(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)(?<parameters>[0-?]*)(?<rest>[ -/]*[@-~]?)|\x1b[ -/]*[0-~]?/g;

const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
// Joiners, selectors, tags, keycap circles: what they join is shown in as many cells as the terminal pleases.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Me}\p{Default_Ignorable_Code_Point}]/gu;
const SKIN_TONE = /(?<=\p{Emoji_Modifier_Base})\p{Emoji_Modifier}+/gu;
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

const TAB_CELLS = 8;
const MAX_STYLES_PER_LINE = 64;
const MAX_STYLE_PARAMETERS = 32;

/** What would join the character before the text, so that it vanished with it or moved into another cell. */
const withoutLeadingMarks = (text: string): string => {
	const [first] = clusters(`x${text}`);
	return text.slice((first?.text.length ?? 1) - 1);
};

/** Only glyphs whose width every terminal agrees on (as far as any do), composed where that is possible. */
const clean = (text: string): string =>
	isPrintableAscii(text)
		? text
		: withoutLeadingMarks(
				text
					.toWellFormed()
					.replace(LINE_BREAKS_AND_TABS, ' ')
					.replace(INVISIBLE, '')
					.replace(SKIN_TONE, '')
					.normalize('NFC'),
			).replace(PILED_MARKS, '$1');

/**
 * One line of text that is safe to put on the screen: no escape sequence, no control character, no bidirectional
 * override, nothing invisible; line breaks and tabs become a space. Joined emoji fall apart into their parts.
 */
export const sanitise = (text: string): string =>
	isPrintableAscii(text) ? text : clean(text.replace(SEQUENCE, ''));

/** The text without its escape sequences; control characters stay. */
export const withoutEscapes = (text: string): string => text.replace(SEQUENCE, '');

const isColour = (parameter: number): boolean =>
	parameter <= 2 ||
	parameter === 22 ||
	(parameter >= 30 && parameter <= 49 && parameter !== 38 && parameter !== 48) ||
	(parameter >= 90 && parameter <= 107);

/** SGR parameters that set a colour or its intensity; blinking, concealing and the like are left out. */
const colourParameters = (parameters: string): readonly number[] => {
	const numbers = parameters.split(';', MAX_STYLE_PARAMETERS).map(Number);
	const kept: number[] = [];
	for (let index = 0; index < numbers.length; index++) {
		const parameter = numbers[index] ?? 0;
		if (parameter === 38 || parameter === 48) {
			const length = numbers[index + 1] === 5 ? 3 : 5;
			const colour = numbers.slice(index, index + length);
			if (colour.length === length && colour.every(part => part <= 255)) kept.push(...colour);
			index += length - 1;
		} else if (isColour(parameter)) kept.push(parameter);
	}
	return kept;
};

const styleOf = (parameters: string, rest: string): string => {
	if (rest !== 'm' || !/^[\d;]*$/.test(parameters)) return '';
	const kept = colourParameters(parameters);
	return kept.length === 0 ? '' : `\x1b[${kept.join(';')}m`;
};

/** What a terminal would show last after the carriage returns in a line. */
const afterCarriageReturns = (text: string): string =>
	text.includes('\r') ? (text.split('\r').findLast(part => sanitise(part).trim() !== '') ?? '') : text;

/**
 * One log line, safe for the screen with its colours: SGR colours alone survive (bounded in number) and are reset
 * at the end, tabs go to the next multiple of eight cells, a carriage return starts the line anew.
 */
export const sanitiseLog = (text: string): string => {
	if (isPrintableAscii(text)) return text;
	const line = afterCarriageReturns(text);
	let shown = '';
	let column = 0;
	let styles = 0;
	const write = (piece: string): void => {
		for (const [index, part] of piece.split('\t').entries()) {
			const gap = index === 0 ? 0 : TAB_CELLS - (column % TAB_CELLS);
			const safe = ' '.repeat(gap) + clean(part);
			shown += safe;
			column += cellWidth(safe);
		}
	};
	let end = 0;
	for (const match of line.matchAll(SEQUENCE)) {
		write(line.slice(end, match.index));
		end = match.index + match[0].length;
		const style = styleOf(match.groups?.parameters ?? '', match.groups?.rest ?? '');
		if (style !== '' && styles < MAX_STYLES_PER_LINE) {
			shown += style;
			styles++;
		}
	}
	write(line.slice(end));
	return styles === 0 ? shown : `${shown}\x1b[0m`;
};
