const ctrlC = 0x03;
const ctrlD = 0x04;
const ctrlP = 0x10;
const ctrlQ = 0x11;

/** What to send of what was typed, and whether it asked to leave. */
export type Typed = {readonly send: Uint8Array; readonly hasLeft: boolean};

const nothing = new Uint8Array();

/** Ctrl-p ctrl-q leaves; a ctrl-p before another key goes with that key, as at the docker client. */
export const createLeaveKeys = (): ((data: Uint8Array) => Typed) => {
	let isHeld = false;
	return data => {
		const held = isHeld ? Uint8Array.of(ctrlP, ...data) : data;
		const at = held.findIndex((byte, index) => byte === ctrlP && held[index + 1] === ctrlQ);
		if (at !== -1) return {send: held.subarray(0, at), hasLeft: true};
		isHeld = held.at(-1) === ctrlP;
		return {send: isHeld ? held.subarray(0, -1) : held, hasLeft: false};
	};
};

/** A line as it is typed, when no terminal on the other side edits it: what to show, and what to send when it is done. */
export type LineInput = (data: Uint8Array) => Typed & {readonly echo: string};

const eraseCharacter = '\b \b';

/**
 * Input of a process without a terminal, line by line as a terminal takes it, with backspace and ctrl-u. Ctrl-c,
 * ctrl-d and ctrl-p ctrl-q leave: nothing typed here ends the process by itself.
 */
export const createLineInput = (): LineInput => {
	const leaveKeys = createLeaveKeys();
	let line: number[] = [];

	const erase = (): string => {
		if (line.length === 0) return '';
		// The last character with its continuation bytes.
		while (((line.pop() ?? 0) & 0xc0) === 0x80);
		return eraseCharacter;
	};
	const eraseAll = (): string => {
		let echo = '';
		while (line.length > 0) echo += erase();
		return echo;
	};

	return data => {
		const typed = leaveKeys(data);
		const sent: number[] = [];
		const echoed: (Uint8Array | string)[] = [];
		for (const byte of typed.send) {
			if (byte === ctrlC || byte === ctrlD)
				return {send: Uint8Array.from(sent), hasLeft: true, echo: text(echoed)};
			if (byte === 0x0d || byte === 0x0a) {
				sent.push(...line, 0x0a);
				line = [];
				echoed.push('\n');
			} else if (byte === 0x7f || byte === 0x08) echoed.push(erase());
			else if (byte === 0x15) echoed.push(eraseAll());
			else if (byte >= 0x20 || byte === 0x09) {
				line.push(byte);
				echoed.push(Uint8Array.of(byte));
			}
		}
		return {
			send: sent.length === 0 ? nothing : Uint8Array.from(sent),
			hasLeft: typed.hasLeft,
			echo: text(echoed),
		};
	};
};

const text = (pieces: readonly (Uint8Array | string)[]): string =>
	Buffer.concat(pieces.map(piece => Buffer.from(piece))).toString();
