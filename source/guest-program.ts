import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';

/** While a program has the terminal, ctrl-c is meant for it alone, although both get the signal. */
const withoutInterrupts = async (run: () => Promise<void>): Promise<void> => {
	const ours = process.listeners('SIGINT');
	const ignore = (): void => undefined;
	process.removeAllListeners('SIGINT');
	process.on('SIGINT', ignore);
	try {
		await run();
	} finally {
		process.off('SIGINT', ignore);
		for (const listener of ours) process.on('SIGINT', listener);
	}
};

/** `-R` for a pager that takes its options from there: colours, and nothing else that escapes can do. */
const environment = (): NodeJS.ProcessEnv => ({...process.env, LESS: process.env.LESS ?? 'R'});

/**
 * Runs a program on this terminal with something to read, until it ends.
 * @throws when it cannot be started
 */
export const runProgram = (command: readonly string[], input: AsyncIterable<string>): Promise<void> =>
	withoutInterrupts(async () => {
		const [program = '', ...args] = command;
		const child = spawn(program, args, {stdio: ['pipe', 'inherit', 'inherit'], env: environment()});
		const ended = once(child, 'exit');
		// A reader that has seen enough closes its end: that is no failure.
		const fed = pipeline(Readable.from(input), child.stdin).catch(() => undefined);
		await ended;
		child.stdin.destroy();
		await fed;
	});
