import {EngineError} from './errors.ts';
import type {LogSource} from './types.ts';

/** One write of a container: a line, or a piece of up to 16 KiB of a longer one. */
export type LogFrame = {readonly source: LogSource; readonly payload: Buffer};

/** Cuts a byte stream into frames; chunks may end anywhere. */
export type LogFramer = {
	/** Nothing of a frame is waiting for its rest. */
	readonly isBetween: () => boolean;
	/** @throws EngineError `protocol` when the bytes are not framed */
	readonly push: (chunk: Buffer) => readonly LogFrame[];
	/** What is left when the stream ends. */
	readonly end: () => readonly LogFrame[];
};

export const headerBytes = 8;
/** Engines cut at 16 KiB; far more than that is not a frame. */
const maxFrameBytes = 16 * 1024 * 1024;
export const sources: readonly LogSource[] = ['stdout', 'stdout', 'stderr', 'engine'];

/**
 * The stream of a container without a terminal: `[type u8, 0, 0, 0, length u32 BE, payload]`, API "attach".
 * A payload inside one chunk is a view of it; only one that spans chunks is copied, once.
 */
export const createFrameFramer = (): LogFramer => {
	const header = Buffer.alloc(headerBytes);
	let headerFill = 0;
	let pieces: Buffer[] = [];
	let missing = 0;

	const readFrame = (chunk: Buffer, from: number, frames: LogFrame[]): number => {
		const taken = chunk.subarray(from, from + missing);
		pieces.push(taken);
		missing -= taken.length;
		if (missing === 0) {
			const payload = pieces.length === 1 ? taken : Buffer.concat(pieces);
			frames.push({source: sources[header[0] ?? 1] ?? 'stdout', payload});
			pieces = [];
			headerFill = 0;
		}
		return from + taken.length;
	};

	return {
		isBetween: () => headerFill === 0,
		push: chunk => {
			const frames: LogFrame[] = [];
			let at = 0;
			while (at < chunk.length) {
				if (headerFill === headerBytes) {
					at = readFrame(chunk, at, frames);
					continue;
				}
				const copied = chunk.copy(header, headerFill, at, at + headerBytes - headerFill);
				headerFill += copied;
				at += copied;
				if (headerFill < headerBytes) break;
				missing = checkedLength(header);
				if (missing === 0) headerFill = 0;
			}
			return frames;
		},
		end: () => {
			if (pieces.length === 0) return [];
			return [{source: sources[header[0] ?? 1] ?? 'stdout', payload: Buffer.concat(pieces)}];
		},
	};
};

const checkedLength = (header: Buffer): number => {
	const length = header.readUInt32BE(4);
	const isFrame =
		(header[0] ?? 255) < sources.length && header.readUIntBE(1, 3) === 0 && length <= maxFrameBytes;
	if (!isFrame) throw new EngineError('protocol', 'the log stream is not framed as expected');
	return length;
};

/** Where an engine cuts a line of a terminal, in bytes after the stamp. */
const pieceBytes = 16 * 1024;
/** The longest stamp with its space. */
const stampBytes = 40;
const newline = 0x0a;

/**
 * The stream of a container with a terminal, asked for with timestamps: plain bytes, each line and each 16 KiB
 * piece of a longer one beginning with a stamp. Cuts it where the engine cut it.
 */
export const createTerminalFramer = (): LogFramer => {
	let rest: Buffer = Buffer.alloc(0);

	const cut = (bytes: Buffer, isEnd: boolean): readonly LogFrame[] => {
		const frames: LogFrame[] = [];
		let at = 0;
		while (at < bytes.length) {
			const lineEnd = bytes.indexOf(newline, at);
			const available = (lineEnd < 0 ? bytes.length : lineEnd + 1) - at;
			if (lineEnd < 0 && !isEnd && available < stampBytes + pieceBytes) break;
			const stamp = stampLength(bytes.subarray(at, at + stampBytes));
			const length = Math.min(available, stamp + pieceBytes);
			frames.push({source: 'stdout', payload: bytes.subarray(at, at + length)});
			at += length;
		}
		rest = bytes.subarray(at);
		return frames;
	};

	return {
		isBetween: () => rest.length === 0,
		push: chunk => cut(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false),
		end: () => cut(rest, true),
	};
};

const stampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) /;

/** How many bytes the timestamp and its space take at the start of a frame; 0 when there is none. */
export const stampLength = (payload: Buffer): number => {
	if (isDockerStamp(payload)) return dockerStampBytes;
	return stampPattern.exec(payload.toString('latin1', 0, stampBytes))?.[0].length ?? 0;
};

/** `2026-01-01T00:00:00.000000000Z `: Docker writes all nine digits. */
export const dockerStampBytes = 31;

const isDockerStamp = (payload: Buffer): boolean =>
	payload[dockerStampBytes - 1] === 0x20 &&
	payload[29] === 0x5a &&
	payload[19] === 0x2e &&
	payload[10] === 0x54 &&
	payload[4] === 0x2d;
