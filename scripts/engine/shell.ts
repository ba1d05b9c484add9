import {spawn} from 'node:child_process';
import process from 'node:process';

type RunOptions = {
	readonly env?: Readonly<Record<string, string>>;
	readonly input?: string;
};

/**
 * Runs a program to its end; its error output is kept for the message.
 * @returns what it wrote to standard output.
 * @throws when it cannot be started or ends with another code than 0.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {env: {...process.env, ...options.env}, stdio: 'pipe'});
		let output = '';
		let errors = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			errors += text;
		});
		child.once('error', reject);
		child.once('close', code => {
			if (code === 0) resolve(output);
			else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors.trim()}`));
		});
		child.stdin.on('error', () => {}).end(options.input);
	});
}

/** Progress for people; standard output belongs to the `export` lines. */
export function say(text: string): void {
	process.stderr.write(`${text}\n`);
}

/**
 * Tries until it succeeds. For things outside this process that tell nobody when they are ready.
 * @throws the last failure after `patienceMs`.
 */
export async function eventually<T>(attempt: () => Promise<T>, patienceMs: number): Promise<T> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise(resolve => setTimeout(resolve, 50));
		}
	}
}
