import {once} from 'node:events';
import type {RawTerminal, TerminalPort} from './commands/types.ts';
import {runProgram} from './guest-program.ts';

type Suspend = (run: () => Promise<void>) => Promise<void>;

/** Parts of the running Ink instance that only exist once it is drawn. */
export type TerminalHandle = {
	readonly attach: (suspend: Suspend) => void;
	readonly port: TerminalPort;
};

// Ink leaves its alternate screen for a guest: the guest gets another one, so that what the person had on the
// screen before Gantry stays as it was.
const guestScreen = '\u001B[?1049h\u001B[0m\u001B[2J\u001B[H\u001B[?25h';
const leaveGuestScreen = '\u001B[0m\u001B[?1049l';

/** Terminals cut long clipboard writes; ids and command lines are far below. */
const clipboardLimitBytes = 74_000;

const rawTerminal = (stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): RawTerminal => ({
	columns: () => stdout.columns,
	rows: () => stdout.rows,
	async write(data) {
		if (!stdout.write(data)) await once(stdout, 'drain');
	},
	onInput(listener) {
		stdin.on('data', listener);
		stdin.resume();
		return () => {
			// No pause: a paused terminal would not wake up again for Ink's own listener.
			stdin.off('data', listener);
		};
	},
	onResize(listener) {
		stdout.on('resize', listener);
		return () => {
			stdout.off('resize', listener);
		};
	},
});

/** The real terminal, which Ink and a shell inside a container share in turns. */
export const createTerminal = (stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): TerminalHandle => {
	let suspend: Suspend | undefined;
	const withoutInk = async (run: () => Promise<void>): Promise<void> => {
		if (suspend === undefined) throw new Error('the terminal is not ours yet');
		await suspend(run);
	};
	return {
		attach(given) {
			suspend = given;
		},
		port: {
			async suspend(run) {
				await withoutInk(async () => {
					stdout.write(guestScreen);
					stdin.setRawMode(true);
					try {
						await run(rawTerminal(stdin, stdout));
					} finally {
						stdin.setRawMode(false);
						stdout.write(leaveGuestScreen);
					}
				});
			},
			async runProgram(command, input) {
				await withoutInk(async () => {
					stdout.write(guestScreen);
					// Two readers would share the keys between them.
					stdin.pause();
					try {
						await runProgram(command, input);
					} finally {
						stdin.resume();
						stdout.write(leaveGuestScreen);
					}
				});
			},
			copy(text) {
				const encoded = Buffer.from(text).toString('base64');
				if (encoded.length > clipboardLimitBytes) return false;
				stdout.write(`\u001B]52;c;${encoded}\u0007`);
				return true;
			},
			repaint() {
				// Ink repaints everything when it gets the terminal back; while a shell has it, that comes anyway.
				withoutInk(async () => undefined).catch(() => undefined);
			},
		},
	};
};
