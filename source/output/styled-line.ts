import {clusters} from '../format/cells.ts';
import {isSimpleText} from '../format/graphemes.ts';
import {defaultPen, type Pen, penAfter, sgr} from './pen.ts';

/** A line of the screen by cells, as many as the screen has columns. */
export type StyledLine = {
	/** Graphemes by column; empty in the second half of a wide one. */
	readonly glyphs: readonly string[];
	readonly pens: readonly Pen[];
	/** Columns from 0 in which every terminal puts the same cells; what follows hangs on the terminal's own tables. */
	readonly certain: number;
	/** Columns from 0 after which all is blank. */
	readonly inked: number;
};

const wide = /^[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]$/;

/**
 * Whether all terminals agree on the cells of a grapheme. They do for letters, lines and blocks, ideographs, kana
 * and Hangul syllables; not for emoji, marks that combine, and scripts that join.
 */
export const isCertain = (glyph: string): boolean => isSimpleText(glyph) || wide.test(glyph);

const control = /[\x00-\x1f\x7f-\x9f]/;

/**
 * Cells of a line that begins with the default pen; what goes beyond `columns` is left out.
 * @returns nothing when the line holds anything but text and known SGR sequences.
 */
export const styledLine = (line: string, columns: number): StyledLine | undefined => {
	const glyphs: string[] = [];
	const pens: Pen[] = [];
	let pen: Pen | undefined = defaultPen;
	let certain = columns;
	for (const [index, part] of line.split(sgr).entries()) {
		if (index % 2 === 1) {
			pen = penAfter(pen, part);
			if (pen === undefined) return undefined;
			continue;
		}
		if (control.test(part)) return undefined;
		for (const {text, width} of clusters(part)) {
			if (width === 0 && glyphs.length === 0) return undefined;
			if (glyphs.length + width > columns) break;
			if (width === 0) {
				// It joins the grapheme before it, which may be two cells wide.
				const lead = glyphs.at(-1) === '' ? glyphs.length - 2 : glyphs.length - 1;
				glyphs[lead] += text;
				certain = Math.min(certain, lead);
				continue;
			}
			if (!isCertain(text)) certain = Math.min(certain, glyphs.length);
			for (let half = 0; half < width; half++) {
				glyphs.push(half === 0 ? text : '');
				pens.push(pen);
			}
		}
	}
	let inked = glyphs.length;
	while (inked > 0 && glyphs[inked - 1] === ' ' && pens[inked - 1] === defaultPen) inked--;
	while (glyphs.length < columns) {
		glyphs.push(' ');
		pens.push(defaultPen);
	}
	return {glyphs, pens, certain, inked};
};

/** Whether a cell of two lines shows the same. */
export const isSameCell = (one: StyledLine, other: StyledLine, column: number): boolean =>
	one.glyphs[column] === other.glyphs[column] && one.pens[column] === other.pens[column];
