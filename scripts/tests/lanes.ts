import {join} from 'node:path';
import process from 'node:process';
import {run} from 'node:test';
import type {TestEvent} from 'node:test/reporters';
import type {Report, Told} from './report.ts';

const root = join(import.meta.dirname, '../..');

/** Where test files run, one after the other: what the lane's engine is called, for the tests on one. */
export type Lane = {
	readonly env: Readonly<Record<string, string>>;
};

/** Runs files in lanes side by side: a lane that is done with a file takes the next of all that are left. */
export async function runInLanes(
	files: readonly string[],
	lanes: readonly Lane[],
	{report, signal}: {readonly report: Report; readonly signal: AbortSignal},
): Promise<void> {
	const waiting = [...files];
	const follow = async (lane: Lane): Promise<void> => {
		for (let file = waiting.shift(); file !== undefined && !signal.aborted; file = waiting.shift())
			report.add(await runFile(file, lane, signal));
	};
	await Promise.all(lanes.map(follow));
}

/** In a process of its own, as `node --import tsx --test FILE` would. */
async function runFile(file: string, {env}: Lane, signal: AbortSignal): Promise<Told> {
	const startedAt = performance.now();
	const events: TestEvent[] = [];
	const stream = run({
		files: [join(root, file)],
		cwd: root,
		execArgv: ['--import', 'tsx'],
		env: {...process.env, ...env},
		signal,
	});
	for await (const event of stream) events.push(event);
	return {title: file, events, durationMs: performance.now() - startedAt};
}
