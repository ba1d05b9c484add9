import type {Figure} from './figure.ts';

/** Values of each figure, by engine size and program, as the runs yield them. */
export type Samples = {
	/** @param value `undefined` when it could not be measured: no value is kept. */
	readonly add: (figure: string, n: number, side: Side, value: number | undefined) => void;
	readonly of: (figure: string, n: number, side: Side) => readonly number[];
	/** Engine sizes of which the figure has values, from small to large. */
	readonly sizes: (figure: string) => readonly number[];
};

/** Whose value: ours, or that of the program beside ours. */
export type Side = 'ours' | 'theirs';

export type Row = {
	readonly figure: Figure;
	/** Containers. */
	readonly n: number;
	readonly value: number | undefined;
	readonly min: number | undefined;
	readonly max: number | undefined;
	readonly runs: number;
	readonly theirs: number | undefined;
	/** Ours by theirs. */
	readonly ratio: number | undefined;
	/** `undefined` where there is no budget. */
	readonly isWithin: boolean | undefined;
};

export function collectSamples(): Samples {
	const values = new Map<string, number[]>();
	const sizes = new Map<string, Set<number>>();
	const keyOf = (...parts: readonly (string | number)[]): string => parts.join(' ');
	return {
		add(figure, n, side, value) {
			const known = sizes.get(figure) ?? new Set();
			sizes.set(figure, known.add(n));
			if (value === undefined || !Number.isFinite(value)) return;
			const key = keyOf(figure, n, side);
			values.set(key, [...(values.get(key) ?? []), value]);
		},
		of: (figure, n, side) => values.get(keyOf(figure, n, side)) ?? [],
		sizes: figure => [...(sizes.get(figure) ?? [])].sort((a, b) => a - b),
	};
}

export function rowsOf(figure: Figure, samples: Samples): readonly Row[] {
	return samples.sizes(figure.id).map(n => {
		const ours = samples.of(figure.id, n, 'ours');
		const value = summarise(ours, figure.summary);
		const theirs = summarise(samples.of(figure.id, n, 'theirs'), figure.summary);
		const ratio = value === undefined || !theirs ? undefined : value / theirs;
		return {
			figure,
			n,
			value,
			min: ours.length === 0 ? undefined : Math.min(...ours),
			max: ours.length === 0 ? undefined : Math.max(...ours),
			runs: ours.length,
			theirs,
			ratio,
			isWithin: isWithin(figure, value, ratio),
		};
	});
}

/** What could not be measured is not within its budget. */
function isWithin(
	{budget, ratioBudget}: Figure,
	value: number | undefined,
	ratio: number | undefined,
): boolean | undefined {
	if (budget === undefined) return undefined;
	const isFastEnough = ratioBudget === undefined || ratio === undefined || ratio <= ratioBudget;
	return value !== undefined && value <= budget && isFastEnough;
}

/** `undefined` of no values. */
export function median(values: readonly number[]): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle];
	const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
	return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** `undefined` of no values. */
export function worst(values: readonly number[]): number | undefined {
	return values.length === 0 ? undefined : Math.max(...values);
}

const summarise = (values: readonly number[], summary: Figure['summary']): number | undefined =>
	summary === 'median' ? median(values) : worst(values);
