import {isAscii} from 'node:buffer';
import {dockerStampBytes, headerBytes, sources} from './log-frames.ts';
import type {LogLine, LogSource} from './types.ts';

/** A frame that is whole in its chunk, as offsets. */
export type QuickFrame = {readonly source: LogSource; readonly start: number; readonly end: number};

export type QuickFrames = {
	/** The frame that begins there; `undefined` when it is not whole or not plain. */
	readonly next: (at: number) => QuickFrame | undefined;
	/** The frame as a line; `undefined` when it is not exactly one, with a stamp as Docker writes it. */
	readonly line: (frame: QuickFrame) => LogLine | undefined;
};

/** Longer lines go the careful way: they are copied, so as not to hold the chunk, and folded. */
const maxQuickBytes = 2 * 1024;
const notAscii = /[\x80-\xff]/;

/**
 * The way that nearly all lines go: the whole chunk becomes one string at once, and each line a part of it. A buffer and
 * two decoded strings for each line cost ten times as much.
 */
export const quickFrames = (chunk: Buffer): QuickFrames => {
	const text = chunk.toString('latin1');
	const isPlain = isAscii(chunk);

	const isStamped = (start: number): boolean =>
		text.charCodeAt(start + dockerStampBytes - 1) === 0x20 &&
		text.charCodeAt(start + 29) === 0x5a &&
		text.charCodeAt(start + 19) === 0x2e &&
		text.charCodeAt(start + 10) === 0x54;

	return {
		next(at) {
			const start = at + headerBytes;
			if (start > chunk.length) return undefined;
			const source = sources[chunk[at] ?? sources.length];
			const isFrame = chunk[at + 1] === 0 && chunk[at + 2] === 0 && chunk[at + 3] === 0;
			const end = start + chunk.readUInt32BE(at + 4);
			if (source === undefined || !isFrame || end === start || end > chunk.length) return undefined;
			return {source, start, end};
		},
		line({source, start, end}) {
			const textStart = start + dockerStampBytes;
			if (end - textStart > maxQuickBytes || textStart >= end || !isStamped(start)) return undefined;
			if (text.indexOf('\n', textStart) !== end - 1) return undefined;
			const textEnd = text.charCodeAt(end - 2) === 0x0d && end - 2 >= textStart ? end - 2 : end - 1;
			const line = text.slice(textStart, textEnd);
			return {
				source,
				text: isPlain || !notAscii.test(line) ? line : chunk.toString('utf8', textStart, textEnd),
				stamp: text.slice(start, textStart - 1),
				isPiece: false,
			};
		},
	};
};
