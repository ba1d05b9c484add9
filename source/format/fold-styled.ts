import {clusters, isPrintableAscii} from './cells.ts';

const STYLE = /(\x1b\[[\d;]*m)/;
const isReset = (style: string): boolean => style === '\x1b[0m' || style === '\x1b[m';

/**
 * A text that may hold SGR sequences (and no others), folded into rows of at most `width` cells between graphemes;
 * each row opens the styles that are open there and closes them. At least one row.
 */
export const foldStyled = (text: string, width: number): readonly string[] => {
	if (width <= 0) return [''];
	if (isPrintableAscii(text)) return foldAscii(text, width);
	const rows: string[] = [];
	let open = '';
	let row = '';
	let used = 0;
	for (const [index, part] of text.split(STYLE).entries()) {
		if (index % 2 === 1) {
			open = isReset(part) ? '' : open + part;
			row += part;
			continue;
		}
		for (const cluster of clusters(part)) {
			if (used + cluster.width > width && used > 0) {
				rows.push(open === '' ? row : `${row}\x1b[0m`);
				row = open;
				used = 0;
			}
			row += cluster.text;
			used += cluster.width;
		}
	}
	rows.push(open === '' ? row : `${row}\x1b[0m`);
	return rows;
};

const foldAscii = (text: string, width: number): readonly string[] => {
	if (text.length <= width) return [text];
	const rows: string[] = [];
	for (let at = 0; at < text.length; at += width) rows.push(text.slice(at, at + width));
	return rows;
};

const INVERSE = '\x1b[7m';
const NOT_INVERSE = '\x1b[27m';
const MAX_MARKS = 200;

/** The text, as above, with what matches shown inverse; of very many matches the first ones. */
export const highlighted = (text: string, pattern: RegExp): string => {
	const parts = text.split(STYLE);
	const plain = parts.filter((_, index) => index % 2 === 0).join('');
	const marks: {readonly from: number; readonly to: number}[] = [];
	for (const match of plain.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))) {
		if (match[0] !== '') marks.push({from: match.index, to: match.index + match[0].length});
		if (marks.length >= MAX_MARKS) break;
	}
	if (marks.length === 0) return text;
	let shown = '';
	let at = 0;
	let next = 0;
	let isInside = false;
	for (const [index, part] of parts.entries()) {
		if (index % 2 === 1) {
			// A reset inside of a match would end it.
			shown += isInside ? part + INVERSE : part;
			continue;
		}
		const end = at + part.length;
		let from = at;
		for (let mark = marks[next]; mark !== undefined; mark = marks[next]) {
			const edge = isInside ? mark.to : mark.from;
			if (edge > end || (edge === end && !isInside)) break;
			shown += part.slice(from - at, edge - at) + (isInside ? NOT_INVERSE : INVERSE);
			from = edge;
			if (isInside) next += 1;
			isInside = !isInside;
		}
		shown += part.slice(from - at);
		at = end;
	}
	return isInside ? shown + NOT_INVERSE : shown;
};
