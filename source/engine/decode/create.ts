import type {ContainerId} from '../types.ts';
import {requiredText} from './answer.ts';
import {containerId} from './ids.ts';
import {record, texts} from './read.ts';

/**
 * `POST /containers/create`.
 * @throws EngineError `protocol` without an id
 */
export const decodeCreated = (
	value: unknown,
): {readonly id: ContainerId; readonly warnings: readonly string[]} => {
	const root = record(value);
	return {id: containerId(requiredText(root, 'Id', 'answer to create')), warnings: texts(root.Warnings)};
};
