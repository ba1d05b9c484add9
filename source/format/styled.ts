import {clusters} from './cells.ts';

const STYLE = /(\x1b\[[\d;]*m)/;

/** The text without its SGR sequences. */
export const withoutStyles = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

/**
 * Exactly `width` cells of a text that may hold SGR sequences (and no others), from the cell `from` on: the styles
 * that are open there still hold, everything is closed at the end, and halves of wide glyphs become spaces.
 */
export const fitStyled = (text: string, width: number, from = 0): string => {
	if (width <= 0) return '';
	let shown = '';
	let used = 0;
	let column = 0;
	let isStyled = false;
	for (const [index, part] of text.split(STYLE).entries()) {
		if (used >= width) break;
		if (index % 2 === 1) {
			shown += part;
			isStyled = true;
			continue;
		}
		for (const cluster of clusters(part)) {
			const start = column;
			column += cluster.width;
			const visible = Math.min(column, from + width) - Math.max(start, from);
			if (visible <= 0) {
				if (start >= from + width) break;
				continue;
			}
			shown += visible === cluster.width ? cluster.text : ' '.repeat(visible);
			used += visible;
		}
	}
	return shown + ' '.repeat(width - used) + (isStyled ? '\x1b[0m' : '');
};
