import {BLOCK_LEVELS} from './sparkline.ts';

export type Plot = {
	/** Oldest first, NaN for gaps: two values per cell in braille, one per cell in blocks. */
	readonly mean: ArrayLike<number>;
	/** The most in each of these moments; in braille a dot above the filled part. */
	readonly most?: ArrayLike<number>;
	readonly height: number;
	/** The value that reaches the upper edge; 0 or less draws the base line only. */
	readonly top: number;
	/** A level to be seen across the plot where nothing else stands, e.g. a limit. */
	readonly line?: {readonly value: number; readonly glyph: string};
};

const dotsPerCell = 4;
/** From the bottom up, of the left and of the right half of a cell. @see The Unicode Standard, Braille Patterns */
const dotBits = [
	[0x40, 0x04, 0x02, 0x01],
	[0x80, 0x20, 0x10, 0x08],
] as const;

/** Above nothing there is always a step, so that a zero is told from a gap. */
const stepsOf = (value: number | undefined, top: number, total: number): number => {
	if (value === undefined || Number.isNaN(value)) return 0;
	const steps = top > 0 ? Math.round((value / top) * total) : 0;
	return Math.min(Math.max(steps, 1), total);
};

/** The row, counted from the top, that a level is in. */
const rowOfLine = ({line, top, height}: Plot): number =>
	line === undefined || top <= 0 || line.value > top
		? -1
		: Math.min(height - 1, Math.max(0, Math.floor((1 - line.value / top) * height)));

const withLine = (rows: readonly string[], plot: Plot): readonly string[] => {
	const lined = rowOfLine(plot);
	return rows.map((row, index) => (index === lined ? row.replaceAll(' ', plot.line?.glyph ?? ' ') : row));
};

/** Rows from the top down, half as many cells as there are values: four steps to a row, two moments to a cell. */
export const braillePlot = (plot: Plot): readonly string[] => {
	const {mean, most, height, top} = plot;
	const total = height * dotsPerCell;
	const cells = Math.floor(mean.length / 2);
	const halfBits = (index: number, half: 0 | 1, base: number): number => {
		const filled = stepsOf(mean[index], top, total);
		const peak = stepsOf(most?.[index], top, total);
		return dotBits[half].reduce(
			(bits, bit, dot) => (base + dot < filled || base + dot === peak - 1 ? bits | bit : bits),
			0,
		);
	};
	const rows = Array.from({length: height}, (_, row) => {
		const base = (height - 1 - row) * dotsPerCell;
		return Array.from({length: cells}, (_cell, cell) => {
			const bits = halfBits(cell * 2, 0, base) | halfBits(cell * 2 + 1, 1, base);
			return bits === 0 ? ' ' : String.fromCharCode(0x2800 + bits);
		}).join('');
	});
	return withLine(rows, plot);
};

/** Rows from the top down, as many cells as there are values, each in as many steps as there are levels. */
export const blockPlot = (plot: Plot, levels: string = BLOCK_LEVELS): readonly string[] => {
	const {mean, height, top} = plot;
	const filled = Array.from({length: mean.length}, (_, index) =>
		stepsOf(mean[index], top, height * levels.length),
	);
	const rows = Array.from({length: height}, (_, row) => {
		const below = (height - 1 - row) * levels.length;
		return filled.map(steps => levels[Math.min(steps - below, levels.length) - 1] ?? ' ').join('');
	});
	return withLine(rows, plot);
};

const decimalSteps = [1, 2, 5, 10] as const;

/** The round number from `value` up: 1, 2 or 5 times a power of ten, and no less than `least`. */
export const roundTop = (value: number, least: number): number => {
	if (!(value > least)) return least;
	const power = 10 ** Math.floor(Math.log10(value));
	return (decimalSteps.find(step => step * power >= value) ?? 10) * power;
};

/** The round amount of memory from `value` up: a power of two, or one and a half of one. */
export const roundMemoryTop = (value: number, least: number): number => {
	if (!(value > least)) return least;
	const power = 2 ** Math.floor(Math.log2(value));
	return ([1, 1.5, 2].find(step => step * power >= value) ?? 2) * power;
};
