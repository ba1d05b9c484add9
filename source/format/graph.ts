import {BLOCK_LEVELS} from './sparkline.ts';

/**
 * A graph of several rows from the top down, `width` cells each: the last `width` values, the newest at the right.
 * A cell is filled in as many steps as `levels` has glyphs; gaps (`undefined`, NaN) stay empty, a value above zero
 * never does.
 * @param max the value that reaches the top; 0 or less draws the base line only
 */
export const graph = (
	values: readonly (number | undefined)[],
	width: number,
	height: number,
	max: number,
	levels: string = BLOCK_LEVELS,
): readonly string[] => {
	if (width <= 0 || height <= 0) return [];
	const total = height * levels.length;
	const filled = values.slice(-width).map(value => {
		if (value === undefined || Number.isNaN(value)) return 0;
		const steps = max > 0 ? Math.round((value / max) * total) : 0;
		return Math.min(Math.max(steps, 1), total);
	});
	return Array.from({length: height}, (_, row) => {
		const below = (height - 1 - row) * levels.length;
		const cells = filled.map(steps => levels[Math.min(steps - below, levels.length) - 1] ?? ' ');
		return cells.join('').padStart(width);
	});
};
