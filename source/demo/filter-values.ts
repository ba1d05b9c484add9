import {DemoError} from './contract.ts';
import type {Filters} from './http/query.ts';

/** @throws DemoError 400 when the filter is there, but neither true nor false */
export const booleanFilter = (filters: Filters, name: string): boolean | undefined => {
	const value = filters.get(name)?.[0];
	if (value === undefined) return undefined;
	if (['true', '1'].includes(value)) return true;
	if (['false', '0'].includes(value)) return false;
	throw new DemoError(400, `invalid filter '${name}=[${value}]'`);
};

/**
 * Go's `path.Match` for `*` and `?`, neither of which crosses a slash.
 * @returns what tells whether a text matches as a whole
 */
export const globOf = (pattern: string): ((text: string) => boolean) => {
	const source = pattern.replaceAll(/[\\^$.+()|{}[\]*?]/g, symbol =>
		symbol === '*' ? '[^/]*' : symbol === '?' ? '[^/]' : `\\${symbol}`,
	);
	const expression = new RegExp(`^${source}$`);
	return text => expression.test(text);
};

const unitMs = {h: 3_600_000, m: 60_000, s: 1000, ms: 1} as const;

/**
 * A moment as `until` takes it: seconds since 1970, RFC 3339, or Go's duration before now (`24h`, `1h30m`).
 * @returns epoch milliseconds
 * @throws DemoError 400 for anything else
 */
export const momentOf = (value: string, now: number): number => {
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
	if (/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(value)) return now - durationMs(value);
	const moment = Date.parse(value);
	if (Number.isNaN(moment)) throw new DemoError(400, `failed to parse value as time or duration: "${value}"`);
	return moment;
};

const durationMs = (value: string): number =>
	value
		.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)
		.reduce(
			(sum, [, count, unit]) =>
				sum + Number(count) * unitMs[unit === 'h' || unit === 'm' || unit === 's' ? unit : 'ms'],
			0,
		);
