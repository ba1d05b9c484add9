import {parseBytes} from './bytes.ts';
import {accept, type Parsed, refuse} from './parsed.ts';
import {parseMemory} from './run-fields.ts';

const units = ['', 'k', 'm', 'g', 't'] as const;

/** Bytes in the largest unit that says them exactly: `512m`, `1g`, `1000000`; empty for 0, `-1` for what is below. */
export const bytesField = (bytes: number): string => {
	if (bytes === 0) return '';
	if (bytes < 0) return '-1';
	let value = bytes;
	let step = 0;
	while (value % 1024 === 0 && step < units.length - 1) {
		value /= 1024;
		step += 1;
	}
	return `${value}${units[step] ?? ''}`;
};

/** Words for "no limit" that people type. */
export const isNoLimit = (text: string): boolean =>
	['', '0', '-1', 'none', 'unlimited'].includes(text.trim());

/** Memory and swap together, in bytes; -1 for unlimited swap. */
export const parseSwap = (text: string): Parsed<number> => {
	const typed = text.trim();
	if (typed === '-1' || typed === 'unlimited') return accept(-1);
	const bytes = parseBytes(typed);
	return bytes === undefined || bytes === 0
		? refuse(text, 'memory and swap together are a number with b, k, m or g, or -1 for unlimited swap')
		: accept(bytes);
};

/** A soft limit in bytes; -1 takes it away. */
export const parseReservation = (text: string): Parsed<number> =>
	isNoLimit(text) ? accept(-1) : parseMemory(text);

/** A weight against other containers: 2 to 262144. Source: the kernel's cpu.shares. */
export const parseShares = (text: string): Parsed<number> => {
	const shares = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
	return shares >= 2 && shares <= 262_144
		? accept(shares)
		: refuse(text, 'CPU shares are a weight from 2 to 262144; 1024 is what a container has by itself');
};

/** `0`, `0-2`, `0,3`, `0-2,5`. */
export const parseCpuset = (text: string): Parsed<string> => {
	const typed = text.trim().replaceAll(' ', '');
	const isList =
		/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/.test(typed) &&
		typed.split(',').every(range => {
			const [from, to = from] = range.split('-').map(Number);
			return from !== undefined && to !== undefined && from <= to;
		});
	return isList ? accept(typed) : refuse(text, 'cores are numbers and ranges, such as 0-2,5');
};

/** Processes; 0 takes the limit away. */
export const parsePids = (text: string): Parsed<number> => {
	if (isNoLimit(text)) return accept(0);
	const pids = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
	return pids > 0 ? accept(pids) : refuse(text, 'a limit of processes is a whole number; 0 takes it away');
};
