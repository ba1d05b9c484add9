import type {Duplex} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {frame, type OutputName} from '../http/frames.ts';

/** The input of a session. */
export type SessionInput = {
	readonly text: (text: string) => void;
	/** The client has closed its side. */
	readonly end: () => void;
};

/** Ctrl-P, Ctrl-Q: the client leaves, what runs goes on. */
const detachKeys = '\u0010\u0011';

/** Reads a hijacked connection. Resolves when it is closed, or the client detaches. */
export const readSession = (socket: Duplex, input: SessionInput): Promise<void> =>
	new Promise(resolve => {
		const decoder = new StringDecoder();
		socket.on('data', (chunk: Buffer) => {
			const text = decoder.write(chunk);
			if (text.includes(detachKeys)) socket.end(() => resolve());
			else input.text(text);
		});
		socket.once('end', input.end);
		socket.once('close', () => resolve());
		socket.on('error', () => socket.destroy());
		socket.resume();
	});

/** Output on a terminal is raw, with line ends as a terminal has them; otherwise in frames. */
export const sessionOutput =
	(socket: Duplex, isTty: boolean) =>
	(stream: OutputName, text: string): void => {
		if (socket.destroyed || socket.writableEnded) return;
		socket.write(isTty ? text.replace(/\r?\n/g, '\r\n') : frame(stream, text));
	};
