import {spawn} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';

export const gantryPath = join(import.meta.dirname, '../../bin/gantry.js');

export type Ended = {
	/** `null` when a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
};

/**
 * Runs Gantry to its end without a terminal, with pipes.
 * @param through a program that runs it, with its arguments.
 */
export async function runGantry(
	args: readonly string[],
	{
		env = {},
		through = [],
	}: {readonly env?: Readonly<Record<string, string>>; readonly through?: readonly string[]} = {},
): Promise<Ended> {
	const [program = '', ...rest] = [...through, process.execPath, gantryPath, ...args];
	return runProgram(program, rest, env);
}

/** Runs a program to its end with pipes, in a clean environment. @param input for its stdin */
export async function runProgram(
	program: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	input?: string,
): Promise<Ended> {
	const child = spawn(program, args, {
		env: {PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', TZ: 'UTC', ...env},
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	// It may end without reading.
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	const {promise, resolve, reject} = Promise.withResolvers<number | null>();
	child.once('error', reject).once('close', resolve);
	const [output, errors, code] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), promise]);
	return {code, stdout: Buffer.concat(output).toString(), stderr: Buffer.concat(errors).toString()};
}
