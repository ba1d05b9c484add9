import {StringDecoder} from 'node:string_decoder';
import {createFrameFramer, createTerminalFramer, type LogFrame, stampLength} from './log-frames.ts';
import {quickFrames} from './quick-frames.ts';
import type {LogLine, LogSource} from './types.ts';

/** A line longer than this many UTF-16 units is given in pieces of about this size. */
const maxLineLength = 16 * 1024;

/** Joins frames to lines: each source has its own unfinished line. */
export type LineAssembler = {
	/** A line of this source has begun and not ended. */
	readonly isOpen: (source: LogSource) => boolean;
	readonly push: (frame: LogFrame) => readonly LogLine[];
	/** The unfinished lines, when the stream ends. */
	readonly end: () => readonly LogLine[];
};

type Unfinished = {readonly decoder: StringDecoder; text: string; stamp: string};

export const createLineAssembler = (): LineAssembler => {
	const unfinished = new Map<LogSource, Unfinished>();

	const take = (source: LogSource, open: Unfinished, length?: number): LogLine => {
		const isPiece = length !== undefined;
		const text = isPiece ? open.text.slice(0, length) : withoutReturn(open.text);
		open.text = isPiece ? open.text.slice(length) : '';
		return {source, text, stamp: open.stamp, isPiece};
	};

	const extend = (source: LogSource, open: Unfinished, text: string, lines: LogLine[]): void => {
		open.text += text;
		while (open.text.length > maxLineLength) lines.push(take(source, open, foldAt(open.text)));
	};

	return {
		isOpen: source => unfinished.has(source),
		push: ({source, payload}) => {
			const known = unfinished.get(source);
			const start = stampLength(payload);
			if (known === undefined) {
				const line = wholeLine(source, payload, start);
				if (line !== undefined) return [line];
			}
			const open: Unfinished = known ?? {decoder: new StringDecoder('utf8'), text: '', stamp: ''};
			unfinished.set(source, open);
			// A later piece of the same line repeats the stamp: the first one holds.
			if (open.text === '') open.stamp = stampText(payload, start);
			const [first = '', ...others] = open.decoder.write(payload.subarray(start)).split('\n');
			const lines: LogLine[] = [];
			extend(source, open, first, lines);
			for (const next of others) {
				lines.push(take(source, open));
				extend(source, open, next, lines);
			}
			// Nothing is left over: the next frame may be a whole line again.
			if (open.text === '' && payload.at(-1) === newline) unfinished.delete(source);
			return lines;
		},
		end: () =>
			[...unfinished].flatMap(([source, open]) => {
				open.text += open.decoder.end();
				return open.text === '' ? [] : [take(source, open)];
			}),
	};
};

/** Not between the two halves of a character outside the basic plane. */
const foldAt = (text: string): number => {
	const last = text.charCodeAt(maxLineLength - 1);
	return last >= 0xd800 && last < 0xdc00 ? maxLineLength - 1 : maxLineLength;
};

const newline = 0x0a;
const carriageReturn = 0x0d;

/** A terminal ends its lines with both. */
const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

const stampText = (payload: Buffer, length: number): string =>
	length === 0 ? '' : payload.toString('latin1', 0, length - 1);

/** A frame that is one whole line, as nearly all are. */
const wholeLine = (source: LogSource, payload: Buffer, start: number): LogLine | undefined => {
	const end = payload.indexOf(newline, start);
	if (end < 0 || end !== payload.length - 1 || end - start > maxLineLength) return undefined;
	const last = end > start && payload[end - 1] === carriageReturn ? end - 1 : end;
	return {
		source,
		text: payload.toString('utf8', start, last),
		stamp: stampText(payload, start),
		isPiece: false,
	};
};

/** How the lines of one stream are read, chunk by chunk. */
export type LineReader = {
	readonly push: (chunk: Buffer) => readonly LogLine[];
	readonly end: () => readonly LogLine[];
};

/** @param isTty the container has a terminal: its stream is not framed */
const createLineReader = (isTty: boolean): LineReader => {
	const framer = isTty ? createTerminalFramer() : createFrameFramer();
	const assembler = createLineAssembler();

	const assemble = (frames: readonly LogFrame[], lines: LogLine[]): void => {
		for (const frame of frames) for (const line of assembler.push(frame)) lines.push(line);
	};

	return {
		push(chunk) {
			const lines: LogLine[] = [];
			if (isTty || !framer.isBetween()) {
				assemble(framer.push(chunk), lines);
				return lines;
			}
			const frames = quickFrames(chunk);
			let at = 0;
			for (let frame = frames.next(at); frame !== undefined; frame = frames.next(at)) {
				const line = assembler.isOpen(frame.source) ? undefined : frames.line(frame);
				if (line === undefined) assemble(framer.push(chunk.subarray(at, frame.end)), lines);
				else lines.push(line);
				at = frame.end;
			}
			if (at < chunk.length) assemble(framer.push(chunk.subarray(at)), lines);
			return lines;
		},
		end() {
			const lines: LogLine[] = [];
			assemble(framer.end(), lines);
			return [...lines, ...assembler.end()];
		},
	};
};

/**
 * The lines of `GET /containers/{id}/logs?timestamps=1`, as many at once as one read of the stream brought.
 * @param isTty the container has a terminal: its stream is not framed
 */
export async function* logLines(
	source: AsyncIterable<Buffer>,
	isTty: boolean,
): AsyncGenerator<readonly LogLine[], void, undefined> {
	const reader = createLineReader(isTty);
	for await (const chunk of source) {
		const lines = reader.push(chunk);
		if (lines.length > 0) yield lines;
	}
	const rest = reader.end();
	if (rest.length > 0) yield rest;
}
