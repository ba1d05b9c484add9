import {bar} from '../format/bar.ts';
import {cellWidth, cut, fit} from '../format/cells.ts';
import type {Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';

export type Gauge = {
	readonly label: string;
	/** 0 to 1; absent while it is not known. */
	readonly fraction: number | undefined;
	/** Stands behind the bar, e.g. `212M/1.0G`. */
	readonly text: string;
	readonly tone?: Token;
	readonly width: number;
	/** Cells of the label, so that the bars of several gauges begin in one column. */
	readonly labelWidth?: number;
	readonly theme: Theme;
};

/** `label ███████░░ text` in exactly `width` cells; the text goes before the bar shrinks away. */
export const gaugeLine = ({
	label,
	fraction,
	text,
	tone = 'accent',
	width,
	labelWidth,
	theme,
}: Gauge): string => {
	const {ellipsis, bar: glyphs} = theme.glyphs;
	const name = fit(theme.spell(label), Math.min(labelWidth ?? cellWidth(label), width), {ellipsis});
	const fact = cut(theme.spell(text), width - cellWidth(name) - 2, 'end', ellipsis);
	const room = width - cellWidth(name) - cellWidth(fact) - 2;
	if (room < 1) return fit(`${name} ${fact}`, width, {ellipsis});
	return `${name} ${theme.paint(tone, bar(fraction, room, glyphs))} ${fact}`;
};
