import {type BuildRow, build as resource} from '../../resources/build.ts';
import {parseFilter} from '../../resources/filter.ts';
import type {State, Transfer} from '../model.ts';
import type {BuildProgress, BuildStep} from '../views/build.ts';
import {stepDetails} from './build-details.ts';
import {createSelector} from './memo.ts';

/** The build whose screen is open. */
export const openBuild = ({ui: {screen}, transfers}: State): Transfer | undefined =>
	screen.kind === 'build' ? transfers.get(screen.transferId) : undefined;

/** What runs and what failed shows its output unless it was folded by hand. */
const isStepOpen = ({folding}: BuildProgress, {id, status}: BuildStep): boolean =>
	folding.has(id) ? folding.get(id) === false : status === 'running' || status === 'failed';

const numberOf = ({number, count, stage}: BuildStep): string => {
	if (number === undefined) return '';
	return `${stage === undefined ? '' : `${stage} `}${number}/${count ?? '?'}`;
};

const hasOutput = ({lineCount, unfinished, error}: BuildStep): boolean =>
	lineCount > 0 || unfinished !== '' || error !== undefined;

const timesOf = ({status, seenAt, startedAt, endedAt}: BuildStep) => {
	if (status === 'running') return seenAt === undefined ? {} : {runningSince: seenAt};
	return startedAt === undefined || endedAt === undefined ? {} : {tookMs: Math.max(0, endedAt - startedAt)};
};

const stepRow = (step: BuildStep, isOpen: boolean): BuildRow => ({
	key: step.id,
	stepId: step.id,
	kind: 'step',
	title: step.title,
	number: numberOf(step),
	status: step.status,
	...timesOf(step),
	hasOutput: hasOutput(step),
	isOpen,
	lineCount: step.lineCount,
});

/** Of what was looked for: the steps and lines that match, each line below its step. */
const found = (build: BuildProgress, filter: string, columns: number): readonly BuildRow[] => {
	const matches = parseFilter(filter, resource.search);
	return build.steps.flatMap(step => {
		const lines = stepDetails(step, columns).filter(matches);
		const row = stepRow(step, lines.length > 0);
		return lines.length > 0 || matches(row) ? [row, ...lines] : [];
	});
};

const none: readonly BuildRow[] = [];

/** The steps in the builder's order, each with what it printed when that is open. */
export const selectBuildRows: (state: State) => readonly BuildRow[] = createSelector(
	(state: State) => [openBuild(state)?.build, state.ui.lists.build.filter.trim(), state.ui.columns],
	(build: BuildProgress | undefined, filter: string, columns: number): readonly BuildRow[] => {
		if (build === undefined) return none;
		if (filter !== '') return found(build, filter, columns);
		return build.steps.flatMap(step => {
			const isOpen = isStepOpen(build, step) && hasOutput(step);
			return isOpen ? [stepRow(step, true), ...stepDetails(step, columns)] : [stepRow(step, false)];
		});
	},
);

/** The first step that failed. */
export const failedStep = (build: BuildProgress | undefined): BuildStep | undefined =>
	build?.steps.find(({status}) => status === 'failed');

/** The step that runs, the last one where there are several. */
export const runningStep = (build: BuildProgress | undefined): BuildStep | undefined =>
	build?.steps.findLast(({status}) => status === 'running');

/** `step 3/7`, with its stage where it has one; what is no instruction has its name only. */
export const stepName = (step: BuildStep): string => {
	const number = numberOf(step);
	return number === '' ? step.title : `step ${number}`;
};

export type StepCounts = {readonly done: number; readonly cached: number; readonly total: number};

/** Of the instructions of the Dockerfile; the classic builder says beforehand how many there are. */
export const stepCounts = ({steps, builder}: BuildProgress): StepCounts => {
	const numbered = steps.filter(({number}) => number !== undefined);
	const done = numbered.filter(({status}) => status === 'done' || status === 'cached').length;
	const cached = numbered.filter(({status}) => status === 'cached').length;
	const [first] = numbered;
	const total = builder === 'classic' ? (first?.count ?? 0) : numbered.length;
	return {done, cached, total};
};
