import {EngineError} from '../errors.ts';
import type {FileFacts, FileKind} from '../file-types.ts';
import {number, record, text, time} from './read.ts';

/** Bits of Go's `fs.FileMode`, which are not those of Unix. Source: Go, package io/fs. */
const bits = {
	directory: 2 ** 31,
	symlink: 2 ** 27,
	device: 2 ** 26,
	fifo: 2 ** 25,
	socket: 2 ** 24,
	setuid: 2 ** 23,
	setgid: 2 ** 22,
	characterDevice: 2 ** 21,
	sticky: 2 ** 20,
} as const;

const has = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

const kindOf = (mode: number): FileKind => {
	if (has(mode, bits.directory)) return 'directory';
	if (has(mode, bits.symlink)) return 'symlink';
	if (has(mode, bits.characterDevice)) return 'character-device';
	if (has(mode, bits.device)) return 'block-device';
	if (has(mode, bits.fifo)) return 'fifo';
	return has(mode, bits.socket) ? 'socket' : 'file';
};

const unixMode = (mode: number): number =>
	(mode % 0o1000) +
	(has(mode, bits.setuid) ? 0o4000 : 0) +
	(has(mode, bits.setgid) ? 0o2000 : 0) +
	(has(mode, bits.sticky) ? 0o1000 : 0);

/**
 * The header `X-Docker-Container-Path-Stat` (base64 of JSON) of the archive endpoint.
 * @throws EngineError `protocol` when it is missing or cannot be read
 */
export const decodeFileStat = (header: unknown): FileFacts => {
	const fields = record(parsed(text(header)));
	const mode = number(fields.mode, -1);
	if (mode < 0) throw new EngineError('protocol', 'the engine did not tell what is at that path');
	const linkTarget = text(fields.linkTarget);
	return {
		name: text(fields.name),
		kind: kindOf(mode),
		sizeBytes: number(fields.size),
		mode: unixMode(mode),
		modifiedAt: time(fields.mtime) ?? 0,
		...(linkTarget === '' ? {} : {linkTarget}),
	};
};

const parsed = (header: string): unknown => {
	try {
		return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
	} catch {
		return undefined;
	}
};
