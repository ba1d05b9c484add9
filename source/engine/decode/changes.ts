import {EngineError} from '../errors.ts';
import type {Change, ChangedFile, ChangeKind} from '../types.ts';
import {answeredList} from './answer.ts';
import {list, number, optionalNumber, record, text, time} from './read.ts';

/** By the number in the answer. */
const kinds: readonly ChangeKind[] = ['modified', 'added', 'deleted'];

/**
 * `GET /containers/{id}/changes`: `[{"Path": "/etc", "Kind": 0}]`, or `null` for none. A kind that is not known
 * counts as modified.
 * @throws EngineError `protocol` when it is no list
 */
export const decodeChanges = (value: unknown): readonly Change[] =>
	answeredList(value, 'list of changes').flatMap(entry => {
		const path = text(entry.Path);
		return path === '' ? [] : [{path, kind: kinds[number(entry.Kind)] ?? 'modified'}];
	});

/** Where something is mounted, by `GET /containers/{id}/json`. */
export const decodeMountPoints = (value: unknown): readonly string[] =>
	list(record(value).Mounts)
		.map(mount => text(record(mount).Destination))
		.filter(destination => destination !== '');

/** Bits of Go's `fs.FileMode`, which is what the engine sends. */
const folderBit = 2 ** 31;
const linkBit = 2 ** 27;
const specialBits = [2 ** 26, 2 ** 25, 2 ** 24, 2 ** 21, 2 ** 19];

const hasBit = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

const kindOf = (mode: number): ChangedFile['kind'] => {
	if (hasBit(mode, folderBit)) return 'folder';
	if (hasBit(mode, linkBit)) return 'link';
	return specialBits.some(bit => hasBit(mode, bit)) ? 'other' : 'file';
};

/**
 * The header `X-Docker-Container-Path-Stat` of `HEAD /containers/{id}/archive`: base64 of
 * `{"name", "size", "mode", "mtime", "linkTarget"}`.
 * @throws EngineError `protocol` when it cannot be read
 */
export const decodePathStat = (header: string): ChangedFile => {
	let fields: ReturnType<typeof record>;
	try {
		fields = record(JSON.parse(Buffer.from(header, 'base64').toString('utf8')));
	} catch (cause) {
		throw new EngineError('protocol', "the engine's description of a path is not readable", {cause});
	}
	const mode = optionalNumber(fields.mode);
	if (mode === undefined) throw new EngineError('protocol', "the engine's description of a path has no mode");
	const kind = kindOf(mode);
	const modifiedAt = time(fields.mtime);
	return {
		kind,
		sizeBytes: kind === 'file' ? number(fields.size) : 0,
		...(modifiedAt === undefined ? {} : {modifiedAt}),
	};
};
