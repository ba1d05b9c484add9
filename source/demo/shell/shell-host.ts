import type {OutputName} from '../http/frames.ts';

/** What programs see of the container they run in. */
export type ShellHost = {
	readonly hostname: string;
	readonly address: string;
	readonly user: string;
	/** Lines of `ps`, the first is process 1. */
	readonly processes: readonly string[];
	/** Epoch milliseconds. */
	readonly now: () => number;
};

/** What a program wants of the outside. The answer to `read` is a line, or `undefined` at the end of input. */
export type Effect =
	| {readonly kind: 'write'; readonly stream: OutputName; readonly text: string}
	| {readonly kind: 'sleep'; readonly delayMs: number}
	| {readonly kind: 'read'};

/** A program under way; what it returns is its exit code. */
export type Running = Generator<Effect, number, string | undefined>;

export type ShellState = {
	readonly host: ShellHost;
	readonly environment: Map<string, string>;
	/** A person types at it: a shell that reads shows a prompt. */
	readonly isInteractive: boolean;
	folder: string;
	lastCode: number;
};

export function* print(text: string, code = 0): Running {
	yield {kind: 'write', stream: 'stdout', text};
	return code;
}

export function* complain(text: string, code: number): Running {
	yield {kind: 'write', stream: 'stderr', text: `${text}\n`};
	return code;
}
