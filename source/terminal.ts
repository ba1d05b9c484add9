import {once} from 'node:events';
import type {Clock} from './clock.ts';
import type {RawTerminal, TerminalPort} from './commands/types.ts';
import {runProgram} from './guest-program.ts';
import {createGuestScreen, type GuestScreen} from './output/guest-screen.ts';
import type {Screen} from './output/screen.ts';

type Suspend = (run: () => Promise<void>) => Promise<void>;

/** Parts of the running Ink instance that only exist once it is drawn. */
export type TerminalHandle = {
	readonly attach: (suspend: Suspend) => void;
	readonly port: TerminalPort;
	/** Resolves when no guest has the terminal any more, or has not given it back within `limitMs`. */
	readonly released: (limitMs: number, clock: Clock) => Promise<void>;
	/** What is to be told when the terminal is the person's again. */
	readonly lastWords: () => readonly string[];
};

type Parts = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly screen: Pick<Screen, 'lend' | 'reclaim' | 'repaint'>;
	/** Aborts when Gantry leaves: nothing waits for the terminal then. */
	readonly leaving: AbortSignal;
};

/** Terminals cut long clipboard writes; ids and command lines are far below. */
const clipboardLimitBytes = 74_000;

const rawTerminal = ({stdin, stdout, leaving}: Parts, guest: GuestScreen): RawTerminal => {
	const write = async (data: Uint8Array | string): Promise<void> => {
		if (data.length === 0 || stdout.write(data) || leaving.aborted) return;
		try {
			await once(stdout, 'drain', {signal: leaving});
		} catch (error) {
			if (!leaving.aborted) throw error;
		}
	};
	return {
		columns: () => stdout.columns,
		rows: () => stdout.rows,
		write,
		show: async (data, isTty) => write(guest.pass(data, isTty)),
		onInput(listener) {
			// One character for each byte.
			const hear = (text: string): void => {
				listener(Buffer.from(text, 'latin1'));
			};
			stdin.on('data', hear);
			stdin.resume();
			return () => {
				// No pause: a paused terminal would not wake up again for Ink's own listener.
				stdin.off('data', hear);
			};
		},
		onResize(listener) {
			stdout.on('resize', listener);
			return () => {
				stdout.off('resize', listener);
			};
		},
	};
};

/** The real terminal, which Ink and a shell inside a container share in turns. */
export const createTerminal = (parts: Parts): TerminalHandle => {
	const {stdin, stdout, screen} = parts;
	const words: string[] = [];
	let suspend: Suspend | undefined;
	let present: Promise<void> | undefined;

	const lend = async (run: (terminal: RawTerminal) => Promise<void>): Promise<void> => {
		if (suspend === undefined) throw new Error('the terminal is not ours yet');
		const guest = createGuestScreen();
		screen.lend();
		try {
			await suspend(async () => {
				stdin.setRawMode(true);
				stdin.ref();
				// Ink reads text, and sets it so again: bytes above 0x7f that are no UTF-8 would not survive that.
				stdin.setEncoding('latin1');
				stdout.write(guest.open);
				try {
					await run(rawTerminal(parts, guest));
				} finally {
					stdout.write(guest.close());
					screen.reclaim();
				}
			});
		} finally {
			screen.reclaim();
		}
	};

	return {
		attach(given) {
			suspend = given;
		},
		port: {
			async suspend(run) {
				const lent = lend(run);
				present = lent;
				await lent;
			},
			async runProgram(command, input) {
				const lent = lend(async () => {
					// It sets the terminal to what it needs; two readers would share the keys between them.
					stdin.setRawMode(false);
					stdin.pause();
					try {
						await runProgram(command, input);
					} finally {
						stdin.resume();
					}
				});
				present = lent;
				await lent;
			},
			copy(text) {
				const encoded = Buffer.from(text).toString('base64');
				if (encoded.length > clipboardLimitBytes) return false;
				stdout.write(`\u001B]52;c;${encoded}\u0007`);
				return true;
			},
			repaint: screen.repaint,
			sayAfterwards(text) {
				words.push(text);
			},
		},
		async released(limitMs, clock) {
			if (present === undefined) return;
			const {promise, resolve} = Promise.withResolvers<void>();
			const callOff = clock.after(limitMs, resolve);
			await Promise.race([present.catch(() => undefined), promise]);
			callOff();
			screen.reclaim();
		},
		lastWords: () => words,
	};
};
