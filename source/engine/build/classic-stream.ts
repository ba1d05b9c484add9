import type {BuildEvent} from '../build-types.ts';
import {type Fields, record, text} from '../decode/read.ts';
import type {EngineError} from '../errors.ts';
import {errorOfText} from '../failure.ts';
import {createOutputLines, type OutputLines} from './output-lines.ts';

/** Reads the classic builder's answer, one line of JSON after the other. */
export type ClassicStream = {
	readonly push: (line: unknown) => {
		readonly events: readonly BuildEvent[];
		/** The engine's last word: the build has failed. */
		readonly failure?: EngineError;
	};
	/** What is still to be told when the stream has ended well. */
	readonly end: () => readonly BuildEvent[];
};

type StepEvent = Extract<BuildEvent, {type: 'step'}>;
type Step = Omit<StepEvent, 'type' | 'error'> & {readonly output: OutputLines};

/** Podman writes `STEP 1/3: FROM …`. */
const stepLine = /^step (\d+)\/(\d+) ?: (.*)$/is;
const runningLine = /^ ---> Running in ([0-9a-f]+)\n$/;
const removingLine = /^(?:Removing|Removed) intermediate container ([0-9a-f]+)\n$/;
const imageLine = /^ ---> [0-9a-f]+\n$/;
const errorColour = '\u001b[91m';
const plainColour = '\u001b[0m';

/** What came from standard error is wrapped in red as a whole; every line of it shall be red. */
const redLines = (output: string): string => {
	if (!output.startsWith(errorColour) || !output.endsWith(plainColour)) return output;
	const inner = output.slice(errorColour.length, -plainColour.length);
	return inner.replace(/[^\n]+/g, line => errorColour + line);
};

/** `Downloading [==>  ] 1MB/3MB` of one layer: the last one told is enough. */
const pullText = (line: Fields): string => {
	const [id, status, progress] = [text(line.id), text(line.status), text(line.progress)];
	return [id === '' ? '' : `${id}:`, status, progress].filter(part => part !== '').join(' ');
};

/**
 * The stream of `POST /build` with `version=1` (moby builder/dockerfile; recorded from 20.10). A step is known by
 * the texts that the builder writes in messages of their own. While a step's container runs, everything is its
 * output until the builder says that it removes that very container: a program may print whatever it likes.
 */
export const createClassicStream = (): ClassicStream => {
	let step: Step | undefined;
	let container: string | undefined;
	let unfinished = '';

	const told = (change: Partial<Pick<StepEvent, 'status' | 'error'>>): readonly BuildEvent[] => {
		if (step === undefined) return [];
		const {output, ...facts} = step;
		step = {...step, ...(change.status && {status: change.status})};
		return [{type: 'step', ...facts, ...change}];
	};
	const printed = (output: string): readonly BuildEvent[] => {
		if (step === undefined || output === '') return [];
		const event = {type: 'output' as const, id: step.id, ...step.output.push(output)};
		unfinished = event.unfinished;
		return [event];
	};
	/** What a step printed last need not have ended its line. */
	const flushed = (): readonly BuildEvent[] => (unfinished === '' ? [] : printed('\n'));
	const ended = (): readonly BuildEvent[] => [
		...flushed(),
		...(step?.status === 'running' ? told({status: 'done'}) : []),
	];

	const begun = ([, number, count, title = '']: RegExpExecArray): readonly BuildEvent[] => {
		const before = ended();
		container = undefined;
		step = {
			id: `step-${number}`,
			title: title.trim(),
			number: Number(number),
			count: Number(count),
			status: 'running',
			output: createOutputLines(),
		};
		return [...before, ...told({})];
	};

	const said = (line: string): readonly BuildEvent[] => {
		if (container !== undefined) {
			if (removingLine.exec(line)?.[1] !== container) return printed(redLines(line));
			container = undefined;
			return flushed();
		}
		const begins = stepLine.exec(line);
		if (begins !== null) return begun(begins);
		const running = runningLine.exec(line)?.[1];
		if (running !== undefined) {
			container = running;
			return [];
		}
		if (line === ' ---> Using cache\n') return told({status: 'cached'});
		if (line === '\n' || imageLine.test(line) || removingLine.test(line)) return [];
		const name = /^Successfully tagged (\S+)\n$/.exec(line)?.[1];
		if (name !== undefined) return [...ended(), {type: 'tagged', name}];
		if (/^Successfully built [0-9a-f]+\n$/.test(line)) return ended();
		return step === undefined ? [{type: 'note', text: line.trim()}] : printed(redLines(line));
	};

	const eventsOf = (line: Fields): readonly BuildEvent[] => {
		const imageId = text(record(line.aux).ID);
		// One comes with every stage; the last one counts.
		if (imageId !== '') return [{type: 'image', imageId}];
		const stream = text(line.stream);
		if (stream !== '') return said(stream);
		const status = pullText(line);
		if (status === '') return [];
		return text(line.id) === '' ? printed(`\r${status}\n`) : printed(`\r${status}`);
	};

	return {
		push: value => {
			const line = record(value);
			const error = text(record(line.errorDetail).message) || text(line.error);
			if (error === '') return {events: eventsOf(line)};
			const events = [...flushed(), ...told({status: 'failed', error})];
			return {events, failure: errorOfText(error, 'build')};
		},
		end: ended,
	};
};
