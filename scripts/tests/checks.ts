import {spawn} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '../..');

/** A program that must end well before anything after it is worth a try. */
export type Step = {readonly title: string; readonly command: readonly string[]};

/** A step has failed, and has said why itself. */
export class StepFailed extends Error {}

/** Runs a step; what it writes is seen. @throws StepFailed, also when the signal ends it. */
export function run({title, command}: Step, signal: AbortSignal): Promise<void> {
	console.log(`\n── ${title}`);
	const [program = '', ...args] = command;
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const child = spawn(program, args, {
		cwd: root,
		env: process.env,
		stdio: ['ignore', 'inherit', 'inherit'],
		signal,
	});
	child.once('error', () => {
		reject(new StepFailed(title));
	});
	child.once('close', code => {
		if (code === 0) resolve();
		else reject(new StepFailed(title));
	});
	return promise;
}
