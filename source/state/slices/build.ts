import type {BuildEvent, StepStatus} from '../../engine/build-types.ts';
import type {Message} from '../messages.ts';
import type {Transfer} from '../model.ts';
import {replaced} from '../replaced.ts';
import type {BuildProgress, BuildStep} from '../views/build.ts';

/** Of one step so many lines are kept, and so much text (UTF-16 units). */
export const stepLinesKept = 2000;
const stepSizeKept = 512 * 1024;
/** Of all steps together: the oldest give way, but for one that failed. */
const buildSizeKept = 4 * 1024 * 1024;
const notesKept = 50;

const initialBuild: BuildProgress = {
	steps: [],
	contextBytes: 0,
	contextFiles: 0,
	isContextSent: false,
	notes: [],
	folding: new Map(),
};

const isOver = (status: StepStatus): boolean =>
	status === 'done' || status === 'cached' || status === 'failed' || status === 'cancelled';

type StepEvent = Extract<BuildEvent, {type: 'step'}>;

/** A builder that tells no times is taken at the moment at which its word came. */
const stepAfter = (known: BuildStep | undefined, {type: _, ...facts}: StepEvent, at: number): BuildStep => {
	const seenAt = facts.status === 'waiting' ? undefined : (known?.seenAt ?? at);
	const startedAt = known?.startedAt ?? facts.startedAt ?? seenAt;
	const endedAt = facts.endedAt ?? (isOver(facts.status) ? (known?.endedAt ?? at) : undefined);
	return {
		lines: [],
		unfinished: '',
		lineCount: 0,
		size: 0,
		...known,
		...facts,
		...(seenAt === undefined ? {} : {seenAt}),
		...(startedAt === undefined ? {} : {startedAt}),
		...(endedAt === undefined ? {} : {endedAt}),
	};
};

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

/** The last lines, within what is kept of a step. */
const bounded = (step: BuildStep, sizeKept: number): BuildStep => {
	if (step.lines.length <= stepLinesKept && step.size <= sizeKept) return step;
	let from = Math.max(0, step.lines.length - stepLinesKept);
	let size = sizeOf(step.lines.slice(from));
	for (; size > sizeKept; from += 1) size -= step.lines[from]?.length ?? 0;
	return {...step, lines: step.lines.slice(from), size};
};

const withOutput = (step: BuildStep, lines: readonly string[], unfinished: string): BuildStep => {
	if (lines.length === 0) return replaced(step, {unfinished});
	const next = {
		...step,
		lines: [...step.lines, ...lines],
		lineCount: step.lineCount + lines.length,
		size: step.size + sizeOf(lines),
		unfinished,
	};
	return bounded(next, stepSizeKept);
};

/** What one batch brought, gathered by step first: a step that prints much is copied once. */
const withEvents = (state: BuildProgress, events: readonly BuildEvent[], at: number): BuildProgress => {
	const steps = new Map(state.steps.map(step => [step.id, step]));
	const printed = new Map<string, {lines: string[]; unfinished: string}>();
	let next = state;
	for (const event of events) {
		switch (event.type) {
			case 'step':
				steps.set(event.id, stepAfter(steps.get(event.id), event, at));
				break;
			case 'output': {
				const output = printed.get(event.id) ?? {lines: [], unfinished: ''};
				for (const line of event.lines) output.lines.push(line);
				output.unfinished = event.unfinished;
				printed.set(event.id, output);
				break;
			}
			case 'context':
				next = {...next, contextBytes: event.bytes, contextFiles: event.fileCount};
				break;
			case 'context-sent':
				next = {...next, isContextSent: true};
				break;
			case 'builder': {
				const notes = event.reason === undefined ? next.notes : [...next.notes, event.reason];
				next = {...next, builder: event.name, notes};
				break;
			}
			case 'note':
				next = {...next, notes: [...next.notes, event.text].slice(-notesKept)};
				break;
			case 'image':
				next = {...next, imageId: event.imageId};
				break;
			case 'tagged':
				break;
			default:
				event satisfies never;
		}
	}
	for (const [id, {lines, unfinished}] of printed) {
		const step = steps.get(id);
		if (step !== undefined) steps.set(id, withOutput(step, lines, unfinished));
	}
	return {...next, steps: withinBuild([...steps.values()])};
};

const withinBuild = (steps: readonly BuildStep[]): readonly BuildStep[] => {
	let excess = steps.reduce((sum, {size}) => sum + size, 0) - buildSizeKept;
	if (excess <= 0) return steps;
	return steps.map(step => {
		if (excess <= 0 || step.status === 'failed') return step;
		const cut = bounded(step, Math.max(0, step.size - excess));
		excess -= step.size - cut.size;
		return cut;
	});
};

/** What was under way when the build ended is so no longer. */
const ended = (
	state: BuildProgress,
	outcome: 'done' | 'failed' | 'cancelled',
	at: number,
): BuildProgress => ({
	...state,
	steps: state.steps.map(step => {
		if (isOver(step.status)) return step;
		if (step.status === 'waiting') return {...step, status: 'cancelled'};
		return {...step, status: outcome === 'failed' ? 'cancelled' : outcome, endedAt: step.endedAt ?? at};
	}),
});

const folded = (state: BuildProgress, steps: readonly string[], isFolded: boolean): BuildProgress => {
	const folding = new Map(state.folding);
	for (const id of steps) folding.set(id, isFolded);
	return {...state, folding};
};

/** What a message does to the build that a transfer is; the same when it is none or the message is not about it. */
export const reduceBuild = (transfer: Transfer, message: Message): Transfer => {
	if (transfer.kind !== 'build') return transfer;
	const state = transfer.build ?? initialBuild;
	switch (message.type) {
		case 'engine/transfer-progressed': {
			const events = message.progress.flatMap(item => (item.kind === 'build' ? [item.event] : []));
			return {...transfer, build: withEvents(state, events, message.at)};
		}
		case 'engine/transfer-ended':
			return {...transfer, build: ended(state, message.outcome, message.at)};
		case 'build/folded':
			return {...transfer, build: folded(state, message.steps, message.isFolded)};
		default:
			return transfer;
	}
};

/** Of so many builds that are over the output is kept; of older ones the steps alone, and why they failed. */
const outputsKept = 4;

const withoutOutput = (transfer: Transfer): Transfer => {
	const {build} = transfer;
	if (build === undefined || build.steps.every(({size}) => size === 0)) return transfer;
	const steps = build.steps.map(step => ({...step, lines: [], unfinished: '', size: 0}));
	return {...transfer, build: {...build, steps}};
};

/** Makes room when another build begins. */
export const withoutOldOutputs = (
	transfers: ReadonlyMap<string, Transfer>,
): ReadonlyMap<string, Transfer> => {
	const over = [...transfers.values()].filter(({kind, endedAt}) => kind === 'build' && endedAt !== undefined);
	const old = over.slice(0, Math.max(0, over.length - outputsKept));
	if (old.length === 0) return transfers;
	return new Map([...transfers, ...old.map(transfer => [transfer.id, withoutOutput(transfer)] as const)]);
};
