import {DemoError} from '../contract.ts';

/** As the engine reads a flag: everything but these is true. */
export const flag = (query: URLSearchParams, name: string, absent = false): boolean => {
	const value = query.get(name);
	if (value === null) return absent;
	return !['', '0', 'no', 'false', 'none'].includes(value.trim().toLowerCase());
};

/** A whole number; `undefined` when absent or anything else. */
export const integer = (query: URLSearchParams, name: string): number | undefined => {
	const value = query.get(name) ?? '';
	return /^-?\d+$/.test(value) ? Number(value) : undefined;
};

const stampPattern = /^(\d+)(?:\.(\d{1,9}))?$/;

/**
 * `since` and `until`: `sec` or `sec.nnnnnnnnn`, as 20 digits of nanoseconds; `undefined` when absent.
 * @throws DemoError 500 for anything else, in the words of Go, as the engine does
 */
export const nanoseconds = (query: URLSearchParams, name: string): string | undefined => {
	const value = query.get(name) ?? '';
	if (value === '') return undefined;
	const [, seconds, fraction = ''] = stampPattern.exec(value) ?? [];
	if (seconds === undefined) throw new DemoError(500, `strconv.ParseInt: parsing "${value}": invalid syntax`);
	return `${seconds}${fraction.padEnd(9, '0')}`.padStart(20, '0');
};

/** Filter name → its values. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/**
 * The `filters` of a query: JSON of lists (`{"status":["paused"]}`), or of sets (`{"status":{"paused":true}}`).
 * @throws DemoError 400 for a filter that is not among `allowed`, and for what is not such JSON
 */
export const filters = (query: URLSearchParams, allowed: readonly string[]): Filters => {
	const text = query.get('filters') ?? '';
	if (text === '') return new Map();
	const found = new Map<string, readonly string[]>();
	for (const [name, values] of Object.entries(parsed(text))) {
		if (!allowed.includes(name)) throw new DemoError(400, `invalid filter '${name}'`);
		found.set(name, Array.isArray(values) ? values.map(String) : Object.keys(Object(values)));
	}
	return found;
};

const parsed = (text: string): object => {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	} catch {
		// Said below, as any other text that is none.
	}
	throw new DemoError(400, `invalid filter: invalid character '${text[0]}' looking for beginning of value`);
};

/** Whether labels satisfy a filter's `key` or `key=value`, all of them. */
export const hasLabels = (
	labels: Readonly<Record<string, string>>,
	wanted: readonly string[] | undefined,
): boolean =>
	(wanted ?? []).every(text => {
		const [key = '', ...rest] = text.split('=');
		return rest.length === 0 ? labels[key] !== undefined : labels[key] === rest.join('=');
	});
