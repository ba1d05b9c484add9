import type {WriteStream} from 'node:tty';
import type {Clock} from '../clock.ts';
import {beginUpdate, createFrameWriter, endUpdate, wrapAgain} from './frame-writer.ts';

/** The terminal as Ink is to see it. */
export type Screen = {
	/** Takes Ink's frames, and writes to the terminal only what differs from what is on it. */
	readonly stdout: WriteStream;
	/** Keeps the screen for a guest: Ink, which is told to give it away, must not leave it meanwhile. */
	readonly lend: () => void;
	/** The guest is gone: the next frame is drawn whole. */
	readonly reclaim: () => void;
	/** Draws the last frame whole, over whatever is there. */
	readonly repaint: () => void;
	/** Gives the terminal back when it has taken all that was written, or has not done so for a second. */
	readonly close: (clock: Clock) => Promise<void>;
};

/** With a terminal that is stalled; it must not keep the program from being ended. */
const patienceMs = 1000;

type Done = (error?: Error | null) => void;

const enterAlternateScreen = '\x1b[?1049h';
const leaveAlternateScreen = '\x1b[?1049l';
const bracketedPaste = '\x1b[?2004h';
const isMode = /^\x1b\[\?(?!1049)\d+[hl]$/;
/** What Ink writes before it draws a frame anew, and to take one away. The writer draws over frames instead. */
const clearing = /^(?:\x1b\[(?:2K|\d*A|G|(?:\d+;\d+)?H|J|\?25[hl]))+/;

/**
 * Node writes to terminals synchronously: one that does not take its bytes, as behind a broken SSH connection, would
 * stop the whole program, and with it the reading of the engine's events. Node has no public way to say otherwise.
 */
const setBlocking = (stream: object, isBlocking: boolean): void => {
	if (!('_handle' in stream)) return;
	const {_handle: handle} = stream;
	if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return;
	if (typeof handle.setBlocking === 'function') handle.setBlocking(isBlocking);
};

/**
 * Stands between Ink and the terminal. A frame is what Ink writes between two marks of synchronised output; all else
 * goes through. While the terminal has not taken what was written, frames are not queued: it gets the newest one
 * when it has.
 */
export const createScreen = (terminal: WriteStream): Screen => {
	const writer = createFrameWriter();
	/** What Ink has written of a frame that it has not ended yet. */
	let unfinished: string | undefined;
	let waiting: string | undefined;
	/** The newest one, drawn or not. */
	let newest: string | undefined;
	let isBusy = false;
	let isAlternate = false;
	let isLent = false;

	const flush = (): void => {
		if (waiting === undefined || isBusy || isLent) return;
		if (terminal.writableLength > 0) {
			isBusy = true;
			// Called back when all before it was taken.
			terminal.write('', () => {
				isBusy = false;
				flush();
			});
			return;
		}
		const frame = waiting;
		waiting = undefined;
		const size = {columns: Math.max(1, terminal.columns), rows: Math.max(1, terminal.rows)};
		const output = writer.draw(frame, size);
		if (output !== '') terminal.write(output);
	};

	/** @returns what of Ink's output is to be written as it is. */
	const take = (output: string): string => {
		if (output === beginUpdate) unfinished = '';
		else if (output === endUpdate) {
			waiting = unfinished?.replace(clearing, '');
			newest = waiting ?? newest;
			unfinished = undefined;
			flush();
		} else if (unfinished !== undefined) unfinished += output;
		else if (output.includes(leaveAlternateScreen)) {
			waiting = undefined;
			writer.forget();
			if (isLent) return '';
			isAlternate = false;
			return wrapAgain + output;
		} else if (output.includes(enterAlternateScreen)) {
			writer.forget();
			if (isAlternate) return '';
			isAlternate = true;
			return output;
		} else if (isMode.test(output)) return output;
		else if (output !== '') {
			writer.forget();
			return output.replace(clearing, '');
		}
		return '';
	};

	const write = (output: string, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean => {
		const rest = take(String(output));
		const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
		return rest === '' && callback === undefined ? true : terminal.write(rest, callback);
	};

	setBlocking(terminal, false);
	return {
		stdout: new Proxy(terminal, {
			get(target, key) {
				if (key === 'write') return write;
				const value: unknown = Reflect.get(target, key, target);
				return typeof value === 'function' ? value.bind(target) : value;
			},
		}),
		lend() {
			isLent = true;
			waiting = undefined;
		},
		reclaim() {
			isLent = false;
			writer.forget();
		},
		repaint() {
			if (isLent) return;
			writer.forget();
			// Some terminals clear the screen when they are told to show it again: not before the frame is there.
			terminal.write(beginUpdate + enterAlternateScreen + bracketedPaste);
			waiting = newest;
			flush();
		},
		async close(clock) {
			const {promise, resolve} = Promise.withResolvers<void>();
			const callOff = clock.after(patienceMs, resolve);
			terminal.write('', () => {
				resolve();
			});
			await promise;
			callOff();
			setBlocking(terminal, true);
		},
	};
};
