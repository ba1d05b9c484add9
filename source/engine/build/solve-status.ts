import {type ProtoField, protoFields} from './protobuf.ts';

/** A step of BuildKit's graph. */
export type Vertex = {
	readonly digest: string;
	readonly name: string;
	readonly isCached: boolean;
	/** Epoch ms; absent while it has not begun or ended. */
	readonly startedAt?: number;
	readonly endedAt?: number;
	readonly error: string;
};

/** What a vertex is busy with: a layer that it pulls, a part of the export. */
export type VertexTask = {
	readonly id: string;
	readonly vertex: string;
	readonly current: number;
	/** 0: unknown. */
	readonly total: number;
	readonly isDone: boolean;
};

export type VertexLog = {readonly vertex: string; readonly text: Uint8Array};

/** `moby.buildkit.v1.StatusResponse` (BuildKit api/services/control/control.proto). */
export type SolveStatus = {
	readonly vertexes: readonly Vertex[];
	readonly tasks: readonly VertexTask[];
	readonly logs: readonly VertexLog[];
	readonly warnings: readonly string[];
};

const decoder = new TextDecoder();

type Values = ReadonlyMap<number, ProtoField['value']>;

/** The last value of each field; enough where none is repeated. */
const valuesOf = (bytes: Uint8Array): Values =>
	new Map([...protoFields(bytes)].map(({number, value}) => [number, value]));

const bytesIn = (values: Values, number: number): Uint8Array => {
	const value = values.get(number);
	return value instanceof Uint8Array ? value : new Uint8Array();
};

const textIn = (values: Values, number: number): string => decoder.decode(bytesIn(values, number));

const numberIn = (values: Values, number: number): number => {
	const value = values.get(number);
	return typeof value === 'number' ? value : 0;
};

/** `google.protobuf.Timestamp` → epoch ms. */
const timeIn = (values: Values, number: number): number | undefined => {
	const value = values.get(number);
	if (!(value instanceof Uint8Array)) return undefined;
	const parts = valuesOf(value);
	return numberIn(parts, 1) * 1000 + Math.floor(numberIn(parts, 2) / 1e6);
};

const vertexOf = (values: Values): Vertex => {
	const startedAt = timeIn(values, 5);
	const endedAt = timeIn(values, 6);
	return {
		digest: textIn(values, 1),
		name: textIn(values, 3),
		isCached: numberIn(values, 4) !== 0,
		...(startedAt === undefined ? {} : {startedAt}),
		...(endedAt === undefined ? {} : {endedAt}),
		error: textIn(values, 7),
	};
};

const taskOf = (values: Values): VertexTask => ({
	id: textIn(values, 1),
	vertex: textIn(values, 2),
	current: numberIn(values, 4),
	total: numberIn(values, 5),
	isDone: values.has(8),
});

/** @throws EngineError `protocol` for what is no such message */
export const decodeSolveStatus = (bytes: Uint8Array): SolveStatus => {
	const vertexes: Vertex[] = [];
	const tasks: VertexTask[] = [];
	const logs: VertexLog[] = [];
	const warnings: string[] = [];
	for (const {number, value} of protoFields(bytes)) {
		if (typeof value === 'number') continue;
		const values = valuesOf(value);
		if (number === 1) vertexes.push(vertexOf(values));
		else if (number === 2) tasks.push(taskOf(values));
		else if (number === 3) logs.push({vertex: textIn(values, 1), text: bytesIn(values, 4)});
		else if (number === 4) warnings.push(textIn(values, 3));
	}
	return {vertexes, tasks, logs, warnings};
};
