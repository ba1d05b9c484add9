const MEMORY_UNITS = ['B', 'K', 'M', 'G', 'T', 'P', 'E'] as const;
const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const RATE_UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const UNKNOWN = '-';

type Scaled = {readonly value: number; readonly unit: string; readonly isBase: boolean};

/** Moves to the next unit as soon as the rounded number would need it, so that no `1024M` or `1000kB` appears. */
const scale = (
	amount: number,
	base: number,
	units: readonly string[],
	round: (value: number) => number,
): Scaled => {
	let value = amount;
	let step = 0;
	while (round(value) >= base && step < units.length - 1) {
		value /= base;
		step++;
	}
	return {value, unit: units[step] ?? '', isBase: step === 0};
};

const isAmount = (amount: number): boolean => Number.isFinite(amount) && amount >= 0;

const compact = (amount: number, base: number, units: readonly string[]): string => {
	if (!isAmount(amount)) return UNKNOWN;
	const {value, unit, isBase} = scale(amount, base, units, Math.round);
	return (isBase || value >= 9.95 ? Math.round(value).toString() : value.toFixed(1)) + unit;
};

/** Memory in binary units, at most five cells: `0B`, `12K`, `212M`, `1.1G`; `-` for what is no amount. */
export const formatMemory = (bytes: number): string => compact(bytes, 1024, MEMORY_UNITS);

/** Bytes per second in decimal units, at most four cells: `0`, `340`, `1.2k`, `12M`; `-` for what is no amount. */
export const formatRate = (bytesPerSecond: number): string => compact(bytesPerSecond, 1000, RATE_UNITS);

/**
 * Three significant digits in decimal units as `docker images` shows them: `0B`, `1.98MB`, `38.2GB`.
 * Source: docker/go-units `HumanSizeWithPrecision(size, 3)`.
 */
export const formatSize = (bytes: number): string => {
	if (!isAmount(bytes)) return UNKNOWN;
	const round = (value: number): number => Number(value.toPrecision(3));
	const {value, unit} = scale(bytes, 1000, SIZE_UNITS, round);
	return `${round(value)}${unit}`;
};

/**
 * Bytes of a size as docker's memory options take it, in binary units: `512m`, `1.5g`, `64MiB`, `1048576`.
 * `undefined` for anything else. Source: docker/go-units `RAMInBytes`.
 */
export const parseBytes = (text: string): number | undefined => {
	const match = /^(\d+(?:\.\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text.trim());
	if (!match) return undefined;
	const power = ' kmgtp'.indexOf((match[2] ?? ' ').toLowerCase());
	const bytes = Math.floor(Number(match[1]) * 1024 ** power);
	return Number.isSafeInteger(bytes) ? bytes : undefined;
};

const DOCKER_UNITS = ['', 'k', 'm', 'g'] as const;

/** Bytes as docker's memory options take them, in the largest unit that leaves no rest: `64m`, `1500000`. */
export const exactBytes = (bytes: number): string => {
	let rest = bytes;
	let step = 0;
	while (rest > 0 && rest % 1024 === 0 && step < DOCKER_UNITS.length - 1) {
		rest /= 1024;
		step++;
	}
	return `${rest}${DOCKER_UNITS[step] ?? ''}`;
};
