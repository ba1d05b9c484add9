/**
 * Text in which every UTF-16 unit is a grapheme of its own and takes one cell: printable ASCII, Latin letters,
 * and the lines, blocks, arrows and braille that a dashboard draws with. No combining marks, no emoji.
 */
const simple =
	/^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc\u25ff\u2605\u2606\u2660-\u2667\u2713-\u2718\u2800-\u28ff]*$/;

export const isSimpleText = (text: string): boolean => simple.test(text);

export type Grapheme = {readonly segment: string; readonly index: number};

let full: Intl.Segmenter | undefined;

/**
 * Grapheme clusters of a text, in order. Simple text, which is nearly all there is, is cut by units: the first use
 * of Unicode's tables costs 25 ms, and each further one ten times as much as this.
 */
export const graphemes = (text: string): Iterable<Grapheme> => {
	if (isSimpleText(text)) return Array.from(text, (segment, index) => ({segment, index}));
	full ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	return full.segment(text);
};
