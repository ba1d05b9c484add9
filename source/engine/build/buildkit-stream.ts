import {StringDecoder} from 'node:string_decoder';
import {formatSize} from '../../format/bytes.ts';
import type {BuildEvent, StepStatus} from '../build-types.ts';
import {record, text} from '../decode/read.ts';
import {errorOfText} from '../failure.ts';
import {createOutputLines} from './output-lines.ts';
import {decodeSolveStatus, type Vertex, type VertexTask} from './solve-status.ts';

/** Reads BuildKit's answer, one line of JSON after the other. */
export type BuildKitStream = {
	/** @throws EngineError with the engine's words once the line is an error */
	readonly push: (line: unknown) => readonly BuildEvent[];
};

/** `[stage 2/3] RUN make`, `[2/3] RUN make`; numbers are padded. */
const instruction = /^\[(?:(.*?)\s+)?(\d+)\/(\d+)\]\s+(.*)$/s;

const statusOf = ({error, isCached, startedAt, endedAt}: Vertex): StepStatus => {
	if (error !== '') return /context cancell?ed/.test(error) ? 'cancelled' : 'failed';
	if (isCached) return 'cached';
	if (endedAt !== undefined) return 'done';
	return startedAt === undefined ? 'waiting' : 'running';
};

const stepOf = (vertex: Vertex): BuildEvent => {
	const {digest, name, startedAt, endedAt, error} = vertex;
	const [, stage, number, count, title] = instruction.exec(name) ?? [];
	return {
		type: 'step',
		id: digest,
		title: (title ?? name).trim(),
		...(number === undefined ? {} : {number: Number(number), count: Number(count)}),
		...(stage === undefined ? {} : {stage}),
		status: statusOf(vertex),
		...(startedAt === undefined ? {} : {startedAt}),
		...(endedAt === undefined ? {} : {endedAt}),
		...(error === '' ? {} : {error}),
	};
};

const taskText = ({id, current, total, isDone}: VertexTask): string => {
	const size =
		current === 0 ? '' : ` ${formatSize(current)}${total > current ? ` of ${formatSize(total)}` : ''}`;
	return `${id}${size}${isDone ? ' done' : ''}`;
};

/** The stream of `POST /build` with `version=2`: BuildKit's status in protocol buffers, in base64, in JSON. */
export const createBuildKitStream = (): BuildKitStream => {
	const outputs = new Map<string, (bytes: Uint8Array | string) => BuildEvent>();
	const finished = new Set<string>();

	const outputOf = (id: string): ((bytes: Uint8Array | string) => BuildEvent) => {
		const known = outputs.get(id);
		if (known !== undefined) return known;
		const lines = createOutputLines();
		const decoder = new StringDecoder('utf8');
		const write = (bytes: Uint8Array | string): BuildEvent => {
			const output = typeof bytes === 'string' ? bytes : decoder.write(bytes);
			return {type: 'output', id, ...lines.push(output)};
		};
		outputs.set(id, write);
		return write;
	};

	/** While it is under way it is one line that changes; done it stays. */
	const toldOf = (task: VertexTask): readonly BuildEvent[] => {
		const key = `${task.vertex} ${task.id}`;
		if (finished.has(key)) return [];
		if (task.isDone) finished.add(key);
		return [outputOf(task.vertex)(`\r${taskText(task)}${task.isDone ? '\n' : ''}`)];
	};

	const traced = (bytes: Uint8Array): readonly BuildEvent[] => {
		const {vertexes, tasks, logs, warnings} = decodeSolveStatus(bytes);
		return [
			...vertexes.map(stepOf),
			...tasks.flatMap(toldOf),
			...logs.map(({vertex, text: written}) => outputOf(vertex)(written)),
			...warnings.map(warning => ({type: 'note' as const, text: warning})),
		];
	};

	return {
		push: value => {
			const line = record(value);
			const failure = text(record(line.errorDetail).message) || text(line.error);
			if (failure !== '') throw errorOfText(failure, 'build');
			if (line.id === 'moby.buildkit.trace') return traced(Buffer.from(text(line.aux), 'base64'));
			const imageId = text(record(line.aux).ID);
			if (imageId !== '') return [{type: 'image', imageId}];
			const name = /^Successfully tagged (\S+)\n$/.exec(text(line.stream))?.[1];
			return name === undefined ? [] : [{type: 'tagged', name}];
		},
	};
};
