import {EngineError} from '../errors.ts';
import {errorOfText} from '../failure.ts';
import type {LayerPhase, TransferProgress} from '../types.ts';
import {optionalNumber, record, text, truth} from './read.ts';

const phases: ReadonlyMap<string, LayerPhase> = new Map([
	['Pulling fs layer', 'waiting'],
	['Waiting', 'waiting'],
	['Downloading', 'downloading'],
	['Verifying Checksum', 'verifying'],
	['Download complete', 'downloaded'],
	['Extracting', 'extracting'],
	['Pull complete', 'done'],
	['Already exists', 'exists'],
	['Preparing', 'preparing'],
	['Pushing', 'pushing'],
	['Pushed', 'done'],
	['Layer already exists', 'exists'],
]);

const phaseOf = (status: string): LayerPhase | undefined => {
	const phase = phases.get(status);
	if (phase !== undefined) return phase;
	if (status.startsWith('Mounted from ')) return 'exists';
	// "Retrying in 5 seconds": the layer starts over.
	return status.startsWith('Retrying in ') ? 'waiting' : undefined;
};

/**
 * One line of a pull's or push's progress, from the classic or the containerd image store; `undefined` for a
 * line that says nothing (an empty status).
 * @throws EngineError with the engine's words when the line is an error: the status was 200 long before
 */
export const decodeTransfer = (line: unknown, operation: string): TransferProgress | undefined => {
	const root = record(line);
	const failure = text(record(root.errorDetail).message) || text(root.error);
	if (failure !== '') throw errorOfText(failure, operation);
	const aux = record(root.aux);
	const pushedDigest = text(aux.Digest);
	if (pushedDigest !== '') return {kind: 'digest', digest: pushedDigest};
	if (truth(aux.manifestPushedInsteadOfIndex))
		return {kind: 'status', status: 'only the platform that is here was pushed, not the whole index'};
	const status = text(root.status);
	if (status === '') return undefined;
	const layerId = text(root.id);
	const phase = layerId === '' ? undefined : phaseOf(status);
	if (phase !== undefined) return {kind: 'layer', layerId, phase, status, ...bytesOf(root.progressDetail)};
	const digest = /^Digest: (\S+)$/.exec(status)?.[1];
	if (digest !== undefined) return {kind: 'digest', digest};
	// The id of "Pulling from library/alpine" is a tag.
	return {kind: 'status', status: layerId === '' ? status : `${layerId}: ${status}`};
};

/** The containerd store counts an extraction in seconds: that is not a size. */
const bytesOf = (value: unknown): {readonly currentBytes?: number; readonly totalBytes?: number} => {
	const detail = record(value);
	if (text(detail.units) !== '') return {};
	const current = optionalNumber(detail.current);
	const total = optionalNumber(detail.total);
	return {
		...(current === undefined ? {} : {currentBytes: current}),
		...(total === undefined || total <= 0 ? {} : {totalBytes: total}),
	};
};

/** Parses one line of a progress stream; what is not JSON is a protocol error, as nothing after it can be trusted. */
export const parseProgressLine = (line: string): unknown => {
	try {
		return JSON.parse(line);
	} catch {
		throw new EngineError('protocol', `the engine's progress is not JSON: ${line.slice(0, 80)}`);
	}
};
