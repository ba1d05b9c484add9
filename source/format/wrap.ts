import {cellWidth, cut} from './cells.ts';

/**
 * Lines of at most `width` cells, broken between words; a word that is longer than a line is cut. Beyond
 * `maxLines` the rest is left out with an ellipsis.
 */
export const wrap = (text: string, width: number, maxLines = Number.POSITIVE_INFINITY): readonly string[] => {
	if (width <= 0) return [];
	const lines: string[] = [];
	for (const word of text.split(/ +/).filter(part => part !== '')) {
		const line = lines.at(-1);
		const longer = line === undefined ? word : `${line} ${word}`;
		if (line !== undefined && cellWidth(longer) <= width) lines[lines.length - 1] = longer;
		else if (lines.length < maxLines) lines.push(cut(word, width));
		else {
			lines[lines.length - 1] = cut(longer, width);
			break;
		}
	}
	return lines;
};
