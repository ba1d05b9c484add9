import {once} from 'node:events';
import {setImmediate as nextTurn} from 'node:timers/promises';
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
	/** Resolves when no guest has the terminal any more: false when one has not given it back within `limitMs`. */
	readonly released: (limitMs: number, clock: Clock) => Promise<boolean>;
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

type Ears = {
	readonly listeners: Set<(data: Uint8Array) => void>;
	/** What was typed while nobody listened. */
	readonly unheard: Uint8Array[];
	readonly stop: () => void;
};

/** Nothing that is typed while a guest has the terminal is lost between two of its listeners. */
const listen = (stdin: NodeJS.ReadStream): Ears => {
	const listeners: Ears['listeners'] = new Set();
	const unheard: Uint8Array[] = [];
	// Ink reads text, and sets it so again: bytes above 0x7f that are no UTF-8 would not survive that.
	stdin.setEncoding('latin1');
	const hear = (text: string): void => {
		const data = Buffer.from(text, 'latin1');
		if (listeners.size === 0) unheard.push(data);
		for (const listener of [...listeners]) listener(data);
	};
	stdin.on('data', hear);
	stdin.resume();
	return {
		listeners,
		unheard,
		stop: () => {
			// No pause: a paused terminal would not wake up again for Ink's own listener.
			stdin.off('data', hear);
		},
	};
};

/**
 * Leaves every key to another program: two readers of a terminal share them by chance. Node stops only a stream
 * that flows or has no mode, one turn later, and Ink's own mode ends one turn after its listener is gone.
 * Ink's listener starts it again.
 */
const stopReading = async (stdin: NodeJS.ReadStream): Promise<void> => {
	stdin.setRawMode(false);
	await nextTurn();
	stdin.pause();
	await nextTurn();
};

const rawTerminal = (
	{stdout, leaving}: Parts,
	guest: GuestScreen,
	{listeners, unheard}: Ears,
): RawTerminal => {
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
			listeners.add(listener);
			for (const data of unheard.splice(0)) listener(data);
			return () => {
				listeners.delete(listener);
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

	const lend = async (run: (guest: GuestScreen) => Promise<void>): Promise<void> => {
		if (suspend === undefined) throw new Error('the terminal is not ours yet');
		const guest = createGuestScreen();
		screen.lend();
		try {
			await suspend(async () => {
				stdout.write(guest.open);
				try {
					await run(guest);
				} finally {
					stdout.write(guest.close());
					screen.reclaim();
				}
			});
		} finally {
			screen.reclaim();
		}
	};

	const lendRaw = (run: (terminal: RawTerminal) => Promise<void>): Promise<void> =>
		lend(async guest => {
			stdin.setRawMode(true);
			stdin.ref();
			const ears = listen(stdin);
			try {
				await run(rawTerminal(parts, guest, ears));
			} finally {
				ears.stop();
			}
		});

	return {
		attach(given) {
			suspend = given;
		},
		port: {
			async suspend(run) {
				const lent = lendRaw(run);
				present = lent;
				await lent;
			},
			async runProgram(command, input) {
				const lent = lend(async () => {
					await stopReading(stdin);
					await runProgram(command, input);
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
			if (present === undefined) return true;
			const {promise, resolve} = Promise.withResolvers<false>();
			const callOff = clock.after(limitMs, () => resolve(false));
			const isReleased = await Promise.race([
				present.then(
					() => true,
					() => true,
				),
				promise,
			]);
			callOff();
			screen.reclaim();
			return isReleased;
		},
		lastWords: () => words,
	};
};
