import {mergedPax, type PaxRecords, readPax} from './pax.ts';
import type {EntryPreface} from './tar-entry.ts';

/** What GNU tar and Go take at most. */
export const maxPrefaceBytes = 1024 * 1024;

const noRecords: PaxRecords = new Map();

/** Long names, extended headers of one entry, and those of all that follow. */
export const isPreface = (type: string): boolean => 'LKxXg'.includes(type);

/** Gathers what stands before an entry and belongs to it. */
export type PrefaceReader = {
	readonly begin: (type: string) => void;
	/** Copies the bytes. */
	readonly write: (bytes: Buffer) => void;
	/** @returns whether it could be read */
	readonly end: () => boolean;
	/** Something waits for its entry. */
	readonly isWaiting: () => boolean;
	/** For the entry that is here now. */
	readonly take: () => EntryPreface;
};

export const createPrefaceReader = (): PrefaceReader => {
	let type = '';
	let parts: Buffer[] = [];
	let all = noRecords;
	let records = noRecords;
	let longPath: string | undefined;
	let longLink: string | undefined;

	return {
		begin(which) {
			type = which;
			parts = [];
		},
		write(bytes) {
			parts.push(Buffer.from(bytes));
		},
		end() {
			const bytes = Buffer.concat(parts);
			parts = [];
			if (type === 'L' || type === 'K') {
				const end = bytes.indexOf(0);
				const name = bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
				if (type === 'L') longPath = name;
				else longLink = name;
				return true;
			}
			const read = readPax(bytes);
			if (read === undefined) return false;
			if (type === 'g') all = mergedPax(all, read);
			else records = mergedPax(records, read);
			return true;
		},
		isWaiting: () => longPath !== undefined || longLink !== undefined || records.size > 0,
		take() {
			const preface: EntryPreface = {
				records: mergedPax(all, records),
				...(longPath !== undefined && {longPath}),
				...(longLink !== undefined && {longLink}),
			};
			records = noRecords;
			longPath = undefined;
			longLink = undefined;
			return preface;
		},
	};
};
