import process from 'node:process';
import {parseArgs} from 'node:util';
import {isWanted} from './figure.ts';
import {figures} from './figures.ts';

export type Options = {
	/** A command line to measure beside ours. */
	readonly against: string | undefined;
	readonly isQuick: boolean;
	/** Ids of figures, measures or stages; none means all. */
	readonly only: readonly string[];
	/** Engine sizes with running containers, from small to large. */
	readonly sizes: readonly number[];
	readonly isJson: boolean;
	/** Whether docs/benchmarks.md is written. */
	readonly writes: boolean;
	/** Whether a missed budget is a failure. */
	readonly isStrict: boolean;
	readonly counts: Counts;
};

/** How much is measured. */
export type Counts = {
	/** Of the measures that take a minute. */
	readonly runs: number;
	readonly starts: number;
	readonly settleMs: number;
	readonly windowMs: number;
	/** From the exec to the reading of the memory. */
	readonly memoryAtMs: number;
	readonly presses: number;
	/** Of two renames, a pause and its end. */
	readonly eventRounds: number;
	readonly churnMs: number;
	readonly stormSeconds: number;
	/** Of an image, and analyses beside them; pulls of one, and ours beside them. */
	readonly saves: number;
};

const full: Counts = {
	runs: 3,
	starts: 9,
	settleMs: 8000,
	windowMs: 12_000,
	memoryAtMs: 60_000,
	presses: 50,
	eventRounds: 5,
	churnMs: 90_000,
	stormSeconds: 10,
	saves: 7,
};

const quick: Counts = {
	runs: 1,
	starts: 3,
	settleMs: 5000,
	windowMs: 8000,
	memoryAtMs: 25_000,
	presses: 20,
	eventRounds: 2,
	churnMs: 30_000,
	stormSeconds: 3,
	saves: 3,
};

const usage = `npm run bench -- [options]
  --against 'COMMAND'  measure another program beside ours, run by run, and print ratios
  --quick              fewer and shorter runs, and no image of 1,000 MB
  --only WORD          real, embedded, layers, pulls, a measure or the id of a figure; repeat it or separate by commas
  --n COUNT            running containers on the real engine (10, 50 and 100 by default); as --only
  --json               print the figures as JSON
  --write              write docs/benchmarks.md
  --strict             a missed budget is exit code 1`;

/** Ends the process after `--help`. @throws for what it does not know. */
export function parseOptions(argv: readonly string[]): Options {
	const {values} = parseArgs({
		args: [...argv],
		options: {
			against: {type: 'string'},
			quick: {type: 'boolean', default: false},
			only: {type: 'string', multiple: true, default: []},
			n: {type: 'string', multiple: true, default: ['10,50,100']},
			json: {type: 'boolean', default: false},
			write: {type: 'boolean', default: false},
			strict: {type: 'boolean', default: false},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) {
		console.log(usage);
		process.exit(0);
	}
	const only = words(values.only);
	const unknown = only.find(word => !figures.some(figure => isWanted(figure, [word])));
	if (unknown !== undefined) throw new Error(`--only knows no ${unknown}: ${known()}`);
	const sizes = words(values.n).map(Number);
	// Four of them are busy.
	if (sizes.some(n => !Number.isInteger(n) || n < 10)) throw new Error('--n needs whole numbers from 10 on');
	return {
		against: values.against,
		isQuick: values.quick,
		only,
		sizes: sizes.toSorted((a, b) => a - b),
		isJson: values.json,
		writes: values.write,
		isStrict: values.strict,
		counts: values.quick ? quick : full,
	};
}

const words = (values: readonly string[]): readonly string[] =>
	values.flatMap(value => value.split(',')).filter(Boolean);

const known = (): string =>
	[...new Set(figures.flatMap(({id, measure, stage}) => [stage, measure, id]))].join(', ');
