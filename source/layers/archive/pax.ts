import {crc32} from 'node:zlib';

/** What extended headers say about an entry; texts are latin1. */
export type PaxRecords = ReadonlyMap<string, string>;

/**
 * The records of an extended header (POSIX.1-2001 `pax`): each is `length key=value\n`, the length that of all of it.
 * @returns `undefined` for what is none
 */
export const readPax = (bytes: Buffer): PaxRecords | undefined => {
	const records = new Map<string, string>();
	for (let at = 0; at < bytes.length; ) {
		// Some writers fill the body up.
		if (bytes[at] === 0) break;
		const space = bytes.indexOf(0x20, at);
		const length = space === -1 ? Number.NaN : Number(bytes.toString('latin1', at, space));
		const end = at + length;
		if (!(Number.isInteger(length) && length > space - at && end <= bytes.length && bytes[end - 1] === 0x0a))
			return undefined;
		const record = bytes.toString('latin1', space + 1, end - 1);
		const equals = record.indexOf('=');
		if (equals < 1) return undefined;
		records.set(record.slice(0, equals), record.slice(equals + 1));
		at = end;
	}
	return records;
};

/** What is said of all entries and of this one; an empty value takes back what was said of all. */
export const mergedPax = (all: PaxRecords, own: PaxRecords): PaxRecords => {
	if (all.size === 0) return own;
	if (own.size === 0) return all;
	return new Map([...all, ...own]);
};

const attributePrefix = 'SCHILY.xattr.';

/** As `TarEntry.attributesSum`. */
export const attributesSum = (records: PaxRecords): number => {
	const keys = [...records.keys()].filter(key => key.startsWith(attributePrefix)).sort();
	return keys.reduce((sum, key) => crc32(Buffer.from(`${key}=${records.get(key)}\0`, 'latin1'), sum), 0);
};
