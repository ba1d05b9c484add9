export const BLOCK_LEVELS = '▁▂▃▄▅▆▇█';
export const ASCII_LEVELS = '_.-~=+*#';

export type SparklineOptions = {
	/** The value of a full cell; by default the largest one shown. */
	readonly max?: number;
	/** Glyphs of one cell each, from low to high. */
	readonly levels?: string;
};

const isGap = (value: number | undefined): value is undefined => value === undefined || Number.isNaN(value);

/**
 * The last `width` values, the newest at the right end; exactly `width` cells. `undefined` and NaN are gaps, shown
 * as spaces like the time before the first value.
 */
export const sparkline = (
	values: readonly (number | undefined)[],
	width: number,
	{max, levels = BLOCK_LEVELS}: SparklineOptions = {},
): string => {
	if (width <= 0) return '';
	const shown = values.slice(-width);
	const top =
		max ?? shown.reduce<number>((largest, value) => (isGap(value) ? largest : Math.max(largest, value)), 0);
	const highest = levels.length - 1;
	const cells = shown.map(value => {
		if (isGap(value)) return ' ';
		const level = top > 0 ? Math.round((value / top) * highest) : 0;
		return levels[Math.min(Math.max(level, 0), highest)] ?? ' ';
	});
	return cells.join('').padStart(width);
};
