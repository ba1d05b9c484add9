import {StringDecoder} from 'node:string_decoder';
import {createFrameFramer, createTerminalFramer, type LogFrame, stampLength} from './log-frames.ts';
import type {LogLine, LogSource} from './types.ts';

/** A line longer than this many UTF-16 units is given in pieces of about this size. */
const maxLineLength = 64 * 1024;

/** Joins frames to lines: each source has its own unfinished line. */
export type LineAssembler = {
	readonly push: (frame: LogFrame) => readonly LogLine[];
	/** The unfinished lines, when the stream ends. */
	readonly end: () => readonly LogLine[];
};

type Unfinished = {readonly decoder: StringDecoder; text: string; stamp: string | undefined};

export const createLineAssembler = (): LineAssembler => {
	const unfinished = new Map<LogSource, Unfinished>();

	const take = (source: LogSource, open: Unfinished, length = open.text.length): LogLine => {
		const text = open.text.slice(0, length);
		open.text = open.text.slice(length);
		return {source, text, ...(open.stamp === undefined ? {} : {stamp: open.stamp})};
	};

	const extend = (source: LogSource, open: Unfinished, text: string, lines: LogLine[]): void => {
		open.text += text;
		while (open.text.length > maxLineLength) lines.push(take(source, open, foldAt(open.text)));
	};

	return {
		push: ({source, payload}) => {
			const open: Unfinished = unfinished.get(source) ?? {
				decoder: new StringDecoder('utf8'),
				text: '',
				stamp: undefined,
			};
			unfinished.set(source, open);
			const start = stampLength(payload);
			// A later piece of the same line repeats the stamp: the first one holds.
			if (open.text === '') open.stamp = start === 0 ? undefined : payload.toString('latin1', 0, start - 1);
			const [first = '', ...others] = open.decoder.write(payload.subarray(start)).split('\n');
			const lines: LogLine[] = [];
			extend(source, open, first, lines);
			for (const next of others) {
				lines.push(take(source, open));
				extend(source, open, next, lines);
			}
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

/**
 * The lines of `GET /containers/{id}/logs?timestamps=1`.
 * @param isTty the container has a terminal: its stream is not framed
 */
export async function* logLines(
	source: AsyncIterable<Buffer>,
	isTty: boolean,
): AsyncGenerator<LogLine, void, undefined> {
	const framer = isTty ? createTerminalFramer() : createFrameFramer();
	const assembler = createLineAssembler();
	for await (const chunk of source) {
		for (const frame of framer.push(chunk)) yield* assembler.push(frame);
	}
	for (const frame of framer.end()) yield* assembler.push(frame);
	yield* assembler.end();
}
