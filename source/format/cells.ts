import stringWidth from 'string-width';
import {graphemes, isSimpleText} from './graphemes.ts';

/** Which end of a text that is too long gives way. */
export type CutAt = 'start' | 'middle' | 'end';

export type FitOptions = {
	readonly align?: 'left' | 'right';
	readonly cut?: CutAt;
	/** One cell wide; `…` unless the terminal cannot show it. */
	readonly ellipsis?: string;
};

const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;
const CLUSTER_CACHE_ENTRIES = 4096;

const clusterWidths = new Map<string, number>();

/** True for text in which one UTF-16 unit is one cell. */
export const isPrintableAscii = (text: string): boolean => !NOT_PRINTABLE_ASCII.test(text);

const clusterWidth = (cluster: string): number => {
	if (isSimpleText(cluster)) return cluster.length;
	const known = clusterWidths.get(cluster);
	if (known !== undefined) return known;
	const width = stringWidth(cluster);
	if (clusterWidths.size >= CLUSTER_CACHE_ENTRIES) clusterWidths.clear();
	clusterWidths.set(cluster, width);
	return width;
};

/** Grapheme clusters of the text with the cells each takes, in order. The text holds no escape sequences. */
export function* clusters(text: string): Generator<{readonly text: string; readonly width: number}> {
	for (const {segment} of graphemes(text)) yield {text: segment, width: clusterWidth(segment)};
}

/** Cells that the text takes in a terminal. The text holds no escape sequences. */
export const cellWidth = (text: string): number => {
	if (isSimpleText(text)) return text.length;
	let width = 0;
	for (const cluster of clusters(text)) width += cluster.width;
	return width;
};

/** The longest beginning that takes no more than `width` cells. */
const head = (text: string, width: number): string => {
	let length = 0;
	let used = 0;
	for (const cluster of clusters(text)) {
		used += cluster.width;
		if (used > width) break;
		length += cluster.text.length;
	}
	return text.slice(0, length);
};

const tail = (text: string, width: number): string => {
	let length = 0;
	let used = 0;
	for (const cluster of [...clusters(text)].reverse()) {
		used += cluster.width;
		if (used > width) break;
		length += cluster.text.length;
	}
	return text.slice(text.length - length);
};

const shorten = (text: string, width: number, at: CutAt, ellipsis: string): string => {
	const room = width - 1;
	switch (at) {
		case 'end':
			return head(text, room) + ellipsis;
		case 'start':
			return ellipsis + tail(text, room);
		case 'middle': {
			// The odd cell goes to the end: tags and numbers stand there.
			const before = Math.floor(room / 2);
			return head(text, before) + ellipsis + tail(text, room - before);
		}
		default:
			return at satisfies never;
	}
};

const isWithin = (text: string, width: number): boolean =>
	isPrintableAscii(text) ? text.length <= width : head(text, width).length === text.length;

/** At most `width` cells of the text, with an ellipsis where something was left out; cut between graphemes. */
export const cut = (text: string, width: number, at: CutAt = 'end', ellipsis = '…'): string => {
	if (width <= 0) return '';
	return isWithin(text, width) ? text : shorten(text, width, at, ellipsis);
};

/** Exactly `width` cells: cut when too long, else padded; a wide glyph that would straddle the edge is padding. */
export const fit = (text: string, width: number, options: FitOptions = {}): string => {
	if (width <= 0) return '';
	const shown = cut(text, width, options.cut, options.ellipsis);
	const padding = ' '.repeat(width - cellWidth(shown));
	return options.align === 'right' ? padding + shown : shown + padding;
};
