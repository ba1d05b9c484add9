import type {Clock} from '../../clock.ts';
import type {OutputName} from '../http/frames.ts';
import {pause} from '../pause.ts';
import {runProgram} from './shell.ts';
import type {Running, ShellHost, ShellState} from './shell-host.ts';
import {createShellInput} from './terminal-input.ts';

export type ShellProcess = {
	/** Text for its standard input. */
	readonly write: (text: string) => void;
	readonly endInput: () => void;
	/** Its exit code; `undefined` when the signal ended it. */
	readonly ended: Promise<number | undefined>;
};

export type ShellProcessOptions = {
	readonly argv: readonly string[];
	/** `NAME=value` */
	readonly environment: readonly string[];
	readonly folder: string;
	readonly host: ShellHost;
	readonly isTty: boolean;
	readonly hasInput: boolean;
	readonly clock: Clock;
	readonly output: (stream: OutputName, text: string) => void;
	readonly signal: AbortSignal;
};

/** Starts a program of the little shell. Lines end with `\n`, on a terminal too: who sends them makes them `\r\n`. */
export const startShellProcess = (options: ShellProcessOptions): ShellProcess => {
	const {argv, environment, folder, host, isTty, hasInput, output} = options;
	let interruption = new AbortController();
	const input = createShellInput({
		isTty,
		echo: text => output('stdout', text),
		interrupt: () => interruption.abort(),
	});
	if (!hasInput) input.end();
	const state: ShellState = {
		isInteractive: isTty && hasInput,
		host,
		environment: new Map(environment.map(pairOf)),
		folder: folder === '' ? '/' : folder,
		lastCode: 0,
	};
	const nextInterruption = (): AbortSignal => {
		if (interruption.signal.aborted) interruption = new AbortController();
		return interruption.signal;
	};
	const running = runProgram(argv, state);
	return {
		write: input.write,
		endInput: input.end,
		ended: drive(running, options, () => input.line(options.signal), nextInterruption),
	};
};

const drive = async (
	running: Running,
	{clock, output, signal}: ShellProcessOptions,
	readLine: () => Promise<string | undefined>,
	interruption: () => AbortSignal,
): Promise<number | undefined> => {
	// Output begins when those who started it are listening.
	await Promise.resolve();
	let answer: string | undefined;
	while (!signal.aborted) {
		const step = running.next(answer);
		if (step.done === true) return step.value;
		answer = undefined;
		const effect = step.value;
		switch (effect.kind) {
			case 'write':
				if (effect.text !== '') output(effect.stream, effect.text);
				break;
			case 'sleep':
				await pause(clock, effect.delayMs, AbortSignal.any([signal, interruption()]));
				break;
			case 'read':
				answer = await readLine();
				break;
			default:
				effect satisfies never;
		}
	}
	return undefined;
};

const pairOf = (text: string): readonly [string, string] => {
	const [name = '', ...value] = text.split('=');
	return [name, value.join('=')];
};
