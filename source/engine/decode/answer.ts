import {EngineError} from '../errors.ts';
import {type Fields, record} from './read.ts';

/**
 * The list an engine answered; `null` is how Go writes an empty one.
 * @throws EngineError `protocol` for anything else
 */
export const answeredList = (value: unknown, what: string): readonly Fields[] => {
	if (value === null || value === undefined) return [];
	if (!Array.isArray(value)) throw new EngineError('protocol', `the engine's ${what} is not a list`);
	return value.map(record);
};

/**
 * The text field that an answer cannot do without.
 * @throws EngineError `protocol` when it is missing
 */
export const requiredText = (fields: Fields, name: string, what: string): string => {
	const value = fields[name];
	if (typeof value === 'string' && value !== '') return value;
	throw new EngineError('protocol', `the engine's ${what} has no ${name}`);
};
