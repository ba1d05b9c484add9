import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {TestTerminal} from '../../test/helpers/terminal.ts';

/** Who is measured. `none` is the engine without any client. */
export type ProgramId = 'gantry' | 'gantry-api' | 'docker-stats' | 'against' | 'none';

export type Program = {
	readonly id: ProgramId;
	readonly title: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
};

const gantryPath = join(import.meta.dirname, '../../bin/gantry.js');

export type OwnPrograms = Disposable & {
	readonly gantry: Program;
	/** Reads statistics from the engine, as it does where the cgroup files are on another machine. */
	readonly gantryThroughApi: Program;
};

/**
 * Gantry as it was built, on a copy of this Node: of pages that it shared with the measuring process, which runs the
 * same file, only a part would count in its Pss.
 */
export function ownPrograms(): OwnPrograms {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-node-'));
	const node = join(folder, 'node');
	copyFileSync(process.execPath, node);
	const ours = {command: node, args: [gantryPath]} as const;
	return {
		gantry: {id: 'gantry', title: 'gantry', ...ours, env: {}},
		gantryThroughApi: {
			id: 'gantry-api',
			title: 'gantry, statistics from the API',
			...ours,
			env: {GANTRY_STATS: 'api'},
		},
		[Symbol.dispose]() {
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

export const dockerStats: Program = {
	id: 'docker-stats',
	title: 'docker stats',
	command: 'docker',
	args: ['stats'],
	env: {},
};

/** Any command line, as the shell reads it; it finds the engine in `DOCKER_HOST`. */
export function foreign(commandLine: string): Program {
	return {
		id: 'against',
		title: commandLine,
		command: 'sh',
		args: ['-c', `exec ${commandLine}`],
		env: {},
	};
}

export type Opened = AsyncDisposable & {
	readonly program: Program;
	readonly terminal: TestTerminal;
	/** Just before it was started, ms on the clock of `performance.now()`. */
	readonly startedAt: number;
};

/** Starts a program on an engine, in a terminal of 160x45. It ends with the signal, and what waits for it fails. */
export function openProgram(program: Program, host: string, signal: AbortSignal): Opened {
	signal.throwIfAborted();
	const startedAt = performance.now();
	const terminal = new TestTerminal({
		command: program.command,
		commandArgs: program.args,
		columns: 160,
		rows: 45,
		env: {DOCKER_HOST: host, ...program.env},
	});
	const end = (): void => {
		terminal.kill();
	};
	signal.addEventListener('abort', end, {once: true});
	return {
		program,
		terminal,
		startedAt,
		async [Symbol.asyncDispose]() {
			signal.removeEventListener('abort', end);
			await terminal[Symbol.asyncDispose]();
		},
	};
}
