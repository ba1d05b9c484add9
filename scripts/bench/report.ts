import type {Machine} from './machine.ts';
import type {Options} from './options.ts';
import type {Row} from './samples.ts';
import {tableMarkdown} from './table.ts';

export type Results = {
	readonly machine: Machine;
	/** Product and version of the real engine; `undefined` when none was measured on. */
	readonly engine: string | undefined;
	readonly options: Options;
	readonly rows: readonly Row[];
};

/** docs/benchmarks.md */
export function reportOf({machine, engine, options, rows}: Results): string {
	const gibibytes = (machine.memoryBytes / 1024 ** 3).toFixed(1);
	const facts = [
		`${machine.date}, commit ${machine.commit}, Node ${machine.node}${engine === undefined ? '' : `, ${engine}`}`,
		`${machine.cores} × ${machine.cpu}, ${gibibytes} GiB, Linux ${machine.kernel}`,
		`load of the machine just before: ${machine.load.toFixed(2)}`,
		...(options.isQuick ? ['**quick run**: fewer and shorter measures than the figures are meant for'] : []),
	];
	return `# Benchmarks

Written by \`npm run bench -- --write\`: the built program in a pseudo-terminal of 160x45. Timings never gate \`npm test\`; what it counts instead is in test/e2e/budget.test.ts.

${facts.map(fact => `- ${fact}`).join('\n')}

${sectionOf('Real engine, four containers busy', rows, 'real', options.against)}
${sectionOf('Embedded engine', rows, 'embedded', options.against)}
${sectionOf('Layers of images, on a real engine', rows, 'layers', options.against)}
${sectionOf('Pulls, beside docker’s', rows, 'pulls', options.against)}
## How each figure is got

A value is the median of the runs, of a longest wait the longest of all runs. The programs take turns, run by run.

${howOf(rows)}
`;
}

function sectionOf(
	title: string,
	rows: readonly Row[],
	stage: Row['figure']['stage'],
	against: string | undefined,
): string {
	const own = rows.filter(({figure}) => figure.stage === stage);
	return own.length === 0 ? '' : `## ${title}\n\n${tableMarkdown(own, against)}\n`;
}

const howOf = (rows: readonly Row[]): string =>
	[...new Set(rows.map(({figure}) => figure))].map(({title, how}) => `- **${title}**: ${how}.`).join('\n');
