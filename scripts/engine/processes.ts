import {spawn} from 'node:child_process';
import {closeSync, openSync, readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import process from 'node:process';
import {eventually} from './shell.ts';

/** Programs an engine consists of; nothing else is ever ended by `endAll`. */
const programs = /^(?:dockerd|containerd(?:-shim.*)?|docker-registry|runc)$/;

/**
 * Starts a program in a session of its own (a ctrl-c in the terminal is not for it), output into a log file.
 * @returns its process id.
 */
export function startDetached(command: string, args: readonly string[], logFile: string): number {
	const log = openSync(logFile, 'a');
	// The engine's `ps` shows what is not ASCII as question marks in the locale C, which a bare environment has.
	const env = {...process.env, LC_ALL: 'C.UTF-8'};
	const child = spawn(command, args, {detached: true, stdio: ['ignore', log, log], env});
	closeSync(log);
	child.unref();
	if (child.pid === undefined) throw new Error(`${command} could not be started`);
	return child.pid;
}

/** The engine's processes, found by the folder that all of them have in their command line. */
export function processesOf(folder: string): readonly number[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.map(Number)
		.filter(pid => isOf(pid, folder));
}

/** Whether this process id is (still) a program of the engine in this folder. */
export function isOf(pid: number, folder: string): boolean {
	const [program = '', ...args] = commandLine(pid);
	return programs.test(basename(program)) && args.some(argument => argument.includes(folder));
}

/** Asks a process to end and waits; kills it when it does not. Does nothing when the id is another's by now. */
export async function end(pid: number, folder: string, patienceMs: number): Promise<void> {
	if (!isOf(pid, folder)) return;
	process.kill(pid, 'SIGTERM');
	await gone(pid, folder, patienceMs).catch(() => kill(pid, folder));
}

/** Kills at once, without a chance to tidy up. */
export async function kill(pid: number, folder: string): Promise<void> {
	if (!isOf(pid, folder)) return;
	process.kill(pid, 'SIGKILL');
	await gone(pid, folder, 5000);
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function gone(pid: number, folder: string, patienceMs: number): Promise<void> {
	await eventually(async () => {
		if (isOf(pid, folder)) throw new Error(`process ${pid} does not end`);
	}, patienceMs);
}

function commandLine(pid: number): readonly string[] {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
	} catch {
		return [];
	}
}
