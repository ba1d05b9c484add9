import {type Fields, record} from '../decode/read.ts';

/** Do both say the same, whatever the order of their fields? */
export const isSame = (left: unknown, right: unknown): boolean => {
	if (Array.isArray(left) && Array.isArray(right))
		return left.length === right.length && left.every((entry, index) => isSame(entry, right[index]));
	if (isObject(left) && isObject(right)) {
		const [one, other] = [record(left), record(right)];
		const keys = Object.keys(one);
		return keys.length === Object.keys(other).length && keys.every(key => isSame(one[key], other[key]));
	}
	return left === right;
};

const isObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Says nothing: what Go writes for a value that nobody set. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	value === false ||
	value === 0 ||
	(Array.isArray(value) && value.length === 0) ||
	(isObject(value) && Object.keys(record(value)).length === 0);

/** The fields that say something. @param meaningful names of those whose zero or false means something, too */
export const said = (fields: Fields, meaningful: readonly string[] = []): Fields =>
	Object.fromEntries(
		Object.entries(fields).filter(([key, value]) =>
			meaningful.includes(key) ? value !== null && value !== undefined : !isEmpty(value),
		),
	);

export const without = (fields: Fields, ...names: readonly string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([key]) => !names.includes(key)));

/** Entries of the first that the second has not, or has with another value. */
export const entriesBeyond = (own: Fields, base: Fields): Fields =>
	Object.fromEntries(
		Object.entries(own).filter(([key, value]) => !(key in base) || !isSame(value, base[key])),
	);
