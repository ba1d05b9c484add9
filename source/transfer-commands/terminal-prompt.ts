import process from 'node:process';
import {StringDecoder} from 'node:string_decoder';
import {graphemes} from '../format/graphemes.ts';

/** The person has given up. */
export class Interrupted extends Error {
	override readonly name = 'Interrupted';
}

const withoutLast = (text: string): string => {
	const last = [...graphemes(text)].at(-1);
	return last === undefined ? '' : text.slice(0, last.index);
};

/** Cursor and function keys, and the marks around what is pasted, are no part of a line. */
const escapes = /\u001B(?:\[[\d;?]*[ -/]*[@-~]|O.|.)?/gu;

type Typed = {
	readonly line: string;
	readonly end?: 'done' | 'left';
	/** What was typed ahead, for the next question. */
	readonly rest?: string;
};

const typedInto = (line: string, input: string): Typed => {
	let next = line;
	const characters = [...input.replaceAll(escapes, '')];
	for (const [index, character] of characters.entries()) {
		switch (character) {
			case '\r':
			case '\n':
				return {line: next, end: 'done', rest: characters.slice(index + 1).join('')};
			case '\u0003':
				return {line: next, end: 'left'};
			case '\u0004':
				if (next === '') return {line: next, end: 'left'};
				break;
			case '\u0008':
			case '\u007F':
				next = withoutLast(next);
				break;
			case '\u0015':
				next = '';
				break;
			default:
				if (character >= ' ') next += character;
		}
	}
	return {line: next};
};

/**
 * Asks for a line on the terminal. The question goes to stderr: stdout is for the answer of the program. The terminal
 * is as it was afterwards, however it ends.
 * @param isHidden nothing of what is typed is shown, its length neither
 * @throws Interrupted at ctrl-c, at ctrl-d on an empty line, and when the signal aborts
 */
export const askLine = async (question: string, isHidden: boolean, signal: AbortSignal): Promise<string> => {
	const {stdin, stderr} = process;
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	const decoder = new StringDecoder('utf8');
	let line = '';
	const onData = (data: Buffer | string): void => {
		const {
			line: next,
			end,
			rest = '',
		} = typedInto(line, typeof data === 'string' ? data : decoder.write(data));
		if (!isHidden && next !== line) stderr.write(`\r\u001B[K${question}${next}`);
		line = next;
		if (end === undefined) return;
		stdin.off('data', onData);
		if (rest !== '') stdin.unshift(Buffer.from(rest));
		if (end === 'done') resolve(line);
		else reject(new Interrupted());
	};
	const onEnd = (): void => {
		reject(new Interrupted());
	};
	// A program that dies on the way leaves the terminal usable.
	const restore = (): void => {
		stdin.setRawMode(false);
	};
	if (signal.aborted) throw new Interrupted();
	stdin.setRawMode(true);
	process.once('exit', restore);
	signal.addEventListener('abort', onEnd, {once: true});
	stdin.on('data', onData).once('end', onEnd).once('error', onEnd);
	stdin.resume();
	stderr.write(question);
	try {
		return await promise;
	} finally {
		stdin.off('data', onData).off('end', onEnd).off('error', onEnd);
		stdin.pause();
		signal.removeEventListener('abort', onEnd);
		process.off('exit', restore);
		restore();
		stderr.write('\n');
	}
};
