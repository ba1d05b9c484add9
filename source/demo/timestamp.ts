/**
 * RFC 3339 with nine digits of a second, as the engine writes it: `2026-11-22T02:57:24.708000012Z`.
 * @param nanoseconds within the millisecond, 0 to 999,999
 */
export const stamp = (epochMs: number, nanoseconds = 0): string =>
	`${new Date(Math.floor(epochMs)).toISOString().slice(0, -1)}${digits(nanoseconds)}Z`;

/** Nanoseconds since 1970, as 20 digits: they sort as text, and no number holds them. */
export const nanoStamp = (epochMs: number, nanoseconds = 0): string =>
	`${Math.floor(epochMs)}${digits(nanoseconds)}`.padStart(20, '0');

/** What was never: the zero time of Go. */
export const never = '0001-01-01T00:00:00Z';

export const stampOrNever = (epochMs: number | undefined): string =>
	epochMs === undefined ? never : stamp(epochMs);

const digits = (nanoseconds: number): string => String(nanoseconds % 1_000_000).padStart(6, '0');
