import type {StepStatus} from '../engine/build-types.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import type {Resource} from './resource.ts';

/** A step of a build, or a line of what it printed. */
export type BuildRow = {
	readonly key: string;
	/** Of the step that it is or belongs to. */
	readonly stepId: string;
} & (
	| {
			readonly kind: 'step';
			readonly title: string;
			/** `3/7`, with its stage where that has a name; empty for what is no instruction. */
			readonly number: string;
			readonly status: StepStatus;
			/** By this machine's clock, while it runs. */
			readonly runningSince?: number;
			/** How long it took. */
			readonly tookMs?: number;
			/** Whether it has printed anything, and whether that is shown. */
			readonly hasOutput: boolean;
			readonly isOpen: boolean;
			readonly lineCount: number;
	  }
	/** Safe for the screen, with its colours; a long line takes several rows. */
	| {readonly kind: 'output'; readonly text: string}
	| {readonly kind: 'error'; readonly text: string}
	/** What is not there any more. */
	| {readonly kind: 'dropped'; readonly count: number}
);

export const stepTones: Readonly<Record<StepStatus, Token>> = {
	waiting: 'dim',
	running: 'accent',
	cached: 'info',
	done: 'good',
	failed: 'trouble',
	cancelled: 'dim',
};

const textOf = (row: BuildRow): string => {
	switch (row.kind) {
		case 'step':
			return `${row.number} ${row.title}`;
		case 'output':
		case 'error':
			return row.text;
		case 'dropped':
			return '';
	}
};

export const build = {
	id: 'build',
	title: 'Build',
	// Steps and lines of text are no table: the screen draws them, in the order of the builder.
	columns: [],
	rowId: ({key}) => key,
	search: {
		text: row => sanitise(textOf(row)).toLowerCase(),
		fields: {state: row => (row.kind === 'step' ? [row.status] : [])},
	},
	emptyMessage: 'No step has begun.',
} as const satisfies Resource<BuildRow>;
