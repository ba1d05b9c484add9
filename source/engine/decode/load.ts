import {isImageId} from '../../format/image-name.ts';
import {errorOfText} from '../failure.ts';
import type {TransferProgress} from '../types.ts';
import {record, text} from './read.ts';

const loaded = /^Loaded image(?:\(s\)| ID)?: (.+)$/;

/**
 * One line of what the engine tells of a load or an import; `undefined` for a line that says nothing new.
 * @throws EngineError with the engine's words when the line is an error: the status was 200 long before
 */
export const decodeLoad = (line: unknown, operation: string): TransferProgress | undefined => {
	const root = record(line);
	const failure = text(record(root.errorDetail).message) || text(root.error);
	if (failure !== '') throw errorOfText(failure.trim(), operation);
	const status = text(root.status);
	// The bytes of a layer that is unpacked are those that were sent already.
	if (status === 'Loading layer') return {kind: 'waiting', status: 'the engine unpacks the layers'};
	const said = (text(root.stream) || status).trim();
	if (said === '') return undefined;
	const names = loaded.exec(said)?.[1];
	if (names !== undefined) return {kind: 'result', names: names.split(/,\s*/)};
	if (isImageId(said)) return {kind: 'result', names: [said]};
	return {kind: 'status', status: said};
};
