import {ArchiveError} from '../types.ts';

/** Reading what somebody else's JSON says; what is absent or of another type is as if it were not there. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textsOf = (value: unknown): readonly string[] =>
	listOf(value).filter(item => typeof item === 'string');

/** A path in JSON as the bytes that a tar has. */
export const pathOf = (value: unknown): string => Buffer.from(textOf(value)).toString('latin1');

/** @returns epoch ms; `undefined` for what is no time, and for Go's zero time */
export const timeOf = (value: unknown): number | undefined => {
	const time = Date.parse(textOf(value));
	return Number.isNaN(time) || time <= Date.UTC(1, 0, 1) ? undefined : time;
};

/** @param name of the file, for the message. @throws ArchiveError */
export const parsedJson = (bytes: Buffer, name: string): unknown => {
	try {
		return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
	} catch {
		throw new ArchiveError('damaged', `${name}: it is no JSON`);
	}
};
