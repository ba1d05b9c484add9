import {formatAge} from '../format/duration.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
	second: 1000,
	minute: 60_000,
	hour: 3_600_000,
	day: 86_400_000,
	week: 604_800_000,
	month: 2_592_000_000,
	year: 31_536_000_000,
};

/**
 * The age in an engine's status text, in short: `Up About an hour` → `1h`, `Exited (0) 3 days ago` → `3d`; empty when
 * there is none. Source: docker/go-units `HumanDuration`.
 */
export const statusAge = (statusText: string): string => {
	const match = /\b(Less than a|About an?|\d+) (second|minute|hour|day|week|month|year)s?\b/.exec(statusText);
	if (!match) return '';
	const [, amount = '', unit = ''] = match;
	const count = amount === 'Less than a' ? 0 : amount.startsWith('About') ? 1 : Number(amount);
	return formatAge(count * (UNIT_MS[unit] ?? 0));
};
