import type {Row} from './samples.ts';

const noValue = '–';

/** The figures as lines of text, in columns. */
export function tableText(rows: readonly Row[], against: string | undefined): string {
	const lines = [headers(against), ...rows.map(row => cellsOf(row, against))];
	const widths = headers(against).map((_, column) =>
		Math.max(...lines.map(cells => cells[column]?.length ?? 0)),
	);
	return lines
		.map(cells =>
			cells
				.map((cell, column) =>
					column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
				)
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** The same as a table of Markdown. */
export function tableMarkdown(rows: readonly Row[], against: string | undefined): string {
	const rule = headers(against).map((_, column) => (column === 0 ? '---' : '--:'));
	return [headers(against), rule, ...rows.map(row => cellsOf(row, against))]
		.map(cells => `| ${cells.join(' | ')} |`)
		.join('\n');
}

const headers = (against: string | undefined): readonly string[] => [
	'figure',
	'n',
	'value',
	'min–max',
	'budget',
	'',
	...(against === undefined ? [] : [against, 'ratio']),
];

function cellsOf(row: Row, against: string | undefined): readonly string[] {
	const {figure, n, value, min, max, runs, theirs, ratio, isWithin} = row;
	const {budget, ratioBudget, unit} = figure;
	const share = against === undefined || ratioBudget === undefined ? '' : `, × ${ratioBudget}`;
	return [
		figure.title,
		n.toLocaleString('en'),
		value === undefined ? noValue : `${digits(value)} ${unit}`,
		runs > 1 && min !== undefined && max !== undefined ? `${digits(min)}–${digits(max)}` : '',
		budget === undefined ? '' : `≤ ${budget.toLocaleString('en')}${share}`,
		isWithin === undefined ? '' : isWithin ? 'pass' : 'FAIL',
		...(against === undefined
			? []
			: [theirs === undefined ? noValue : digits(theirs), ratio === undefined ? noValue : ratio.toFixed(2)]),
	];
}

/** Three figures that count, never more than two after the point. */
function digits(value: number): string {
	const size = Math.abs(value);
	return value.toLocaleString('en', {maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2});
}
