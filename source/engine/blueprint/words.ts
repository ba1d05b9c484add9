import {exactBytes} from '../../format/bytes.ts';
import {type Fields, list, number, record, text, textMap, texts} from '../decode/read.ts';

/** The words of a command line that say a setting; `undefined` when it cannot be said there. */
export type Saying = (value: unknown) => readonly string[] | undefined;

/** `--flag value` */
export const flag =
	(name: string): Saying =>
	value =>
		typeof value === 'string' || typeof value === 'number' ? [name, String(value)] : undefined;

/** `--flag` for true, `--flag=false` for a wish that it be not so. */
export const toggle =
	(name: string): Saying =>
	value =>
		value === true ? [name] : [`${name}=false`];

/** `--flag value` for each of a list. */
export const each =
	(name: string): Saying =>
	value =>
		texts(value).flatMap(entry => [name, entry]);

/** `--flag key=value` for each of a map. */
export const pairs =
	(name: string, sign = '='): Saying =>
	value =>
		Object.entries(textMap(value)).flatMap(([key, entry]) => [
			name,
			entry === '' && sign === ':' ? key : `${key}${sign}${entry}`,
		]);

/** `--flag …` for each object of a list. */
export const objects =
	(name: string, say: (fields: Fields) => string): Saying =>
	value =>
		list(value).flatMap(entry => [name, say(record(entry))]);

/** `--flag 64m`: bytes in the largest unit that leaves no rest. */
export const bytes =
	(name: string): Saying =>
	value => [name, exactBytes(number(value))];

/** Nanoseconds as Go reads a duration: `1m30s` is `90s`. */
export const duration =
	(name: string): Saying =>
	value => {
		const ns = number(value);
		if (ns % 1e9 === 0) return [name, `${ns / 1e9}s`];
		return [name, ns % 1e6 === 0 ? `${ns / 1e6}ms` : `${ns}ns`];
	};

/** Fields of one value that itself has commas, as docker reads them: CSV. */
export const csv = (fields: readonly string[]): string =>
	fields.map(field => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');

export const throttle =
	(name: string): Saying =>
	value =>
		objects(name, ({Path: path, Rate: rate}) => `${text(path)}:${number(rate)}`)(value);
