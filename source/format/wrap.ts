import {cellWidth, clusters, cut} from './cells.ts';
import {sanitise} from './sanitise.ts';

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

/**
 * Lines of at most `width` cells that together hold all of the text, but for the spaces at which it is broken: where
 * there is one in the last third of a line, else between any two characters. At least one line.
 */
export const wrapWhole = (text: string, width: number): readonly string[] => {
	const room = Math.max(1, width);
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const cluster of clusters(sanitise(text))) {
		if (used > 0 && used + cluster.width > room) {
			const at = cluster.text === ' ' ? line.length : line.lastIndexOf(' ');
			const isEarly = at < (line.length * 2) / 3;
			lines.push(isEarly ? line : line.slice(0, at));
			line = isEarly ? '' : line.slice(at + 1);
			used = cellWidth(line);
			if (cluster.text === ' ' && line === '') continue;
		}
		line += cluster.text;
		used += cluster.width;
	}
	return lines.length > 0 && line === '' ? lines : [...lines, line];
};
