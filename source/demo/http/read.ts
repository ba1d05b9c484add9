/** Reads of unknown JSON that never fail: what is not of the type is taken as absent. */
export type Json = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.fromEntries(Object.entries(value))
		: {};

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const number = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const truth = (value: unknown): boolean => value === true;

export const texts = (value: unknown): readonly string[] =>
	Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

/** A list of texts; `undefined` for null and absent, which is not the same as empty. A single text counts as one. */
export const textsOrNone = (value: unknown): readonly string[] | undefined =>
	typeof value === 'string' ? [value] : Array.isArray(value) ? texts(value) : undefined;

export const textMap = (value: unknown): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(object(value)).flatMap(([key, item]) => (typeof item === 'string' ? [[key, item]] : [])),
	);
