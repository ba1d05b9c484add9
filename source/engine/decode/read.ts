import type {JsonValue} from '../types.ts';

/** Checked reading of foreign JSON: the wrong type counts as missing, and what is missing has a fallback. */
export type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What `JSON.parse` gave, named as such.
 * @param value from `JSON.parse`, or `undefined` for an empty answer
 */
export const jsonValue = (value: unknown): JsonValue => (value === undefined ? null : (value as JsonValue));

/** An object's fields; empty for anything else. */
export const record = (value: unknown): Fields => (isFields(value) ? value : {});

export const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback);

export const truth = (value: unknown): boolean => value === true;

/** A finite number; engines send some as decimal text. */
export const optionalNumber = (value: unknown): number | undefined => {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const number = (value: unknown, fallback = 0): number => optionalNumber(value) ?? fallback;

/** Go writes an empty list as `null`. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts among a list's entries. */
export const texts = (value: unknown): readonly string[] =>
	list(value).filter((entry): entry is string => typeof entry === 'string');

/** Labels and attributes: every value as text. */
export const textMap = (value: unknown): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(record(value)).map(([key, entry]) => [
			key,
			typeof entry === 'string' ? entry : String(entry),
		]),
	);

/** RFC 3339 text to epoch ms; Go's zero time (year 1) means "never". */
export const time = (value: unknown): number | undefined => {
	const ms = Date.parse(text(value));
	return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
};
