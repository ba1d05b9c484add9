import {foldStyled} from '../../format/fold-styled.ts';
import {sanitiseLog} from '../../format/sanitise.ts';
import {wrapWhole} from '../../format/wrap.ts';
import type {BuildRow} from '../../resources/build.ts';
import type {BuildStep} from '../views/build.ts';

/** Cells that stand before what belongs to a step. */
export const outputIndent = 4;
const borderColumns = 2;
const leastWidth = 20;

type Line = {readonly text: string; readonly rows: readonly BuildRow[]};

/** What was made of a step: the next state of it has most of its lines, at the same numbers. */
type Made = {
	readonly step: BuildStep;
	readonly columns: number;
	readonly first: number;
	readonly lines: readonly Line[];
	readonly rows: readonly BuildRow[];
};

/** More are never shown at a time. */
const madeKept = 500;

const lineOf = (stepId: string, number: number, text: string, width: number): Line => ({
	text,
	rows: foldStyled(sanitiseLog(text), width).map((row, index): BuildRow => {
		const key = index === 0 ? `${stepId} ${number}` : `${stepId} ${number}.${index}`;
		return {key, stepId, kind: 'output', text: row};
	}),
});

const errorRows = ({id: stepId, error}: BuildStep, width: number): readonly BuildRow[] =>
	error === undefined
		? []
		: error
				.split('\n')
				.flatMap(line => wrapWhole(line, width))
				.map((text, index) => ({key: `${stepId} !${index}`, stepId, kind: 'error', text}));

const make = (step: BuildStep, columns: number, before: Made | undefined): Made => {
	const {id: stepId, lines, lineCount, unfinished} = step;
	const width = Math.max(leastWidth, columns - borderColumns - outputIndent);
	const first = lineCount - lines.length;
	const texts = unfinished === '' ? lines : [...lines, unfinished];
	const offset = first - (before?.first ?? 0);
	const made = texts.map((text, index) => {
		const known = before?.lines[index + offset];
		return known?.text === text ? known : lineOf(stepId, first + index, text, width);
	});
	const dropped: readonly BuildRow[] =
		first === 0 ? [] : [{key: `${stepId} …`, stepId, kind: 'dropped', count: first}];
	const rows = [...errorRows(step, width), ...dropped, ...made.flatMap(line => line.rows)];
	return {step, columns, first, lines: made, rows};
};

const made = new Map<string, Made>();

/** What stands below a step: why it failed, then what it printed. A line keeps its key while others come and go. */
export const stepDetails = (step: BuildStep, columns: number): readonly BuildRow[] => {
	const known = made.get(step.id);
	if (known?.step === step && known.columns === columns) return known.rows;
	if (made.size >= madeKept) made.clear();
	const next = make(step, columns, known?.columns === columns ? known : undefined);
	made.set(step.id, next);
	return next.rows;
};
