import type {ProgramId} from './programs.ts';

export type StageKind = 'real' | 'embedded' | 'layers' | 'pulls';

/** Which function yields it, and what `--only` calls it. */
export type Measure =
	| 'start'
	| 'idle'
	| 'memory'
	| 'keys'
	| 'events'
	| 'churn'
	| 'scale'
	| 'storm'
	| 'layers'
	| 'tree'
	| 'pull';

/** One line of the table. */
export type Figure = {
	readonly id: string;
	readonly title: string;
	readonly stage: StageKind;
	readonly measure: Measure;
	readonly unit: 'ms' | 'B/s' | 's' | 'MB' | 'KB' | '%' | 'rows' | '×' | 'B';
	/** Whose figure it is; only those of `gantry` have one of another program beside them. */
	readonly of: ProgramId;
	/** Largest value that passes. */
	readonly budget?: number;
	/** Largest share of the other program's value that passes. */
	readonly ratioBudget?: number;
	/** Of the runs' values. */
	readonly summary: 'median' | 'worst';
	/** How it is got, in one or two sentences for people. */
	readonly how: string;
};

/** Whether `--only` leaves it in: named by its id, its measure or its stage. Nothing named means all. */
export const isWanted = ({id, measure, stage}: Figure, only: readonly string[]): boolean =>
	only.length === 0 || only.some(word => word === id || word === measure || word === stage);

/** Of both engines. */
export const highlightHow =
	'50 presses of up and down with pauses; from the write into the terminal to the arrival of the output with which the highlight has moved';
