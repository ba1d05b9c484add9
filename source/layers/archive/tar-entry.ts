import {ArchiveError, type TarEntry} from '../types.ts';
import {quoted} from './archive-text.ts';
import {entryPath} from './entry-path.ts';
import {attributesSum, type PaxRecords} from './pax.ts';
import type {TarHeader} from './tar-header.ts';

/** An entry of a tar before its content was read. */
export type TarFacts = Omit<TarEntry, 'sum'> & {
	/** Of the content as it stands in the archive. */
	readonly storedBytes: number;
	/** As `TarEntry.sum` of a device, else 0. */
	readonly deviceSum: number;
};

/** What stands before an entry's header and belongs to it. */
export type EntryPreface = {
	readonly longPath?: string;
	readonly longLink?: string;
	readonly records: PaxRecords;
};

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
	'0': 'file',
	'1': 'hardlink',
	'2': 'symlink',
	'3': 'character-device',
	'4': 'block-device',
	'5': 'directory',
	'6': 'fifo',
	'7': 'file',
	/** GNU: a directory with the list of its names as its body. */
	D: 'directory',
	/** Old GNU: a file with holes. */
	S: 'file',
};

/** Kinds of entries that have a body; the others' size means something else, if anything. */
const withBody = '07DS';

/**
 * @param where names the archive in messages
 * @returns `undefined` for what is no file: the label of a volume
 * @throws ArchiveError
 */
export const tarFacts = (header: TarHeader, preface: EntryPreface, where: string): TarFacts | undefined => {
	const {records} = preface;
	if (header.type === 'V') return undefined;
	const rawPath = records.get('GNU.sparse.name') ?? records.get('path') ?? preface.longPath ?? header.path;
	const fail = (reason: string): never => {
		throw new ArchiveError('damaged', `${where}: ${quoted(rawPath)}: ${reason}`);
	};
	const number = (key: string, fallback: number): number => {
		const text = records.get(key);
		if (text === undefined || text === '') return fallback;
		return /^-?\d+(?:\.\d*)?$/.test(text) ? Number(text) : fail(`its ${key} is no number`);
	};
	const path = (raw: string): string => {
		if (raw.includes('\0')) return fail('a zero byte is in a name');
		return entryPath(raw) ?? fail('its path leads upwards (..)');
	};

	const isOldFile = header.type === '0' && rawPath.endsWith('/');
	const kind = isOldFile ? 'directory' : kinds[header.type];
	if (kind === undefined)
		throw new ArchiveError(
			'unsupported',
			`${where}: ${quoted(rawPath)}: entries of type ${quoted(header.type)} are not supported`,
		);
	const storedBytes = withBody.includes(header.type) ? number('size', header.storedBytes) : 0;
	if (!Number.isSafeInteger(storedBytes) || storedBytes < 0) fail('its size is impossible');
	const sparseBytes = number('GNU.sparse.realsize', number('GNU.sparse.size', storedBytes));
	const rawLink = records.get('linkpath') ?? preface.longLink ?? header.linkTarget;
	return {
		path: path(rawPath),
		kind,
		storedBytes,
		sizeBytes: kind !== 'file' ? 0 : header.type === 'S' ? header.realBytes : sparseBytes,
		mode: header.mode & 0o7777,
		uid: number('uid', header.uid),
		gid: number('gid', header.gid),
		modifiedAtSeconds: number('mtime', header.modifiedAtSeconds),
		linkTarget: kind === 'hardlink' ? path(rawLink) : kind === 'symlink' ? rawLink : '',
		deviceSum: header.majorNumber * 2 ** 20 + header.minorNumber,
		attributesSum: attributesSum(records),
	};
};
