import {readFileSync} from 'node:fs';
import {processTree} from './cpu.ts';

export const mebibyte = 1024 * 1024;

export type Memory = {
	/** Proportional set size: a page shared by three processes counts a third. */
	readonly pssBytes: number;
	/** Written by this process and by no other: what goes away with it. */
	readonly privateDirtyBytes: number;
};

/** Of a process and all that it has started. @see proc_pid_smaps(5), `smaps_rollup` */
export function readMemory(pid: number): Memory {
	const rollups = processTree(pid).map(rollupOf);
	const sum = (field: string): number => rollups.reduce((bytes, text) => bytes + bytesOf(text, field), 0);
	return {pssBytes: sum('Pss'), privateDirtyBytes: sum('Private_Dirty')};
}

function rollupOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	} catch {
		return '';
	}
}

function bytesOf(rollup: string, field: string): number {
	const kilobytes = new RegExp(`^${field}: +(\\d+) kB$`, 'm').exec(rollup)?.[1];
	return Number(kilobytes ?? 0) * 1024;
}
