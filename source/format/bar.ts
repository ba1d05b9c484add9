export type BarGlyphs = {
	/** From the smallest part of a cell to the full one, one cell each. */
	readonly fill: string;
	readonly track: string;
	/** The whole bar while nobody knows how far it is. */
	readonly unknown: string;
};

const BLOCK_BAR: BarGlyphs = {fill: '▏▎▍▌▋▊▉█', track: '░', unknown: '╌'};
export const ASCII_BAR: BarGlyphs = {fill: '#', track: '.', unknown: '-'};

/**
 * Exactly `width` cells filled to `fraction` (0 to 1, clamped). Only a finished bar is full: the last step is kept
 * back until the fraction is 1.
 */
export const bar = (fraction: number | undefined, width: number, glyphs: BarGlyphs = BLOCK_BAR): string => {
	if (width <= 0) return '';
	if (fraction === undefined || Number.isNaN(fraction)) return glyphs.unknown.repeat(width);
	const steps = glyphs.fill.length;
	const total = width * steps;
	const done = fraction >= 1 ? total : Math.min(Math.floor(Math.max(fraction, 0) * total), total - 1);
	const full = Math.floor(done / steps);
	const partial = glyphs.fill[(done % steps) - 1] ?? '';
	return (
		(glyphs.fill.at(-1) ?? '').repeat(full) + partial + glyphs.track.repeat(width - full - partial.length)
	);
};
