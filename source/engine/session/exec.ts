import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {isAtLeast} from '../api-version.ts';
import {requiredText} from '../decode/answer.ts';
import {optionalNumber, record, truth} from '../decode/read.ts';
import type {EngineClient} from '../engine-client.ts';
import {pathPart} from '../paths.ts';
import type {ExecOptions, ExecResult, ExecSession} from '../session-types.ts';
import type {ContainerId} from '../types.ts';
import {hangUp} from './hang-up.ts';
import {type Hijacked, hijackedOver} from './hijacked.ts';

const limitMs = 30_000;
/** The engine takes a size from the console on only from here. */
const consoleSizeApi = '1.42';
/**
 * The engine holds the first of these keys back until it sees the next. The default, ctrl-p ctrl-q, makes a
 * shell's history key lag; nobody types ctrl-@.
 */
export const rareDetachKeys = 'ctrl-@,ctrl-_,ctrl-]';
/** How often the exit code is asked for after the output ended, until the engine has noted it. */
const exitTries = 10;
/** By this variable the process is found again among those of its container, to be ended. */
const markName = 'GANTRY_SESSION';

/**
 * `POST /containers/{id}/exec`, then `POST /exec/{id}/start` as a raw two-way stream. A program that is not
 * there is no error to most engines: its text comes as output, its exit code is 126 or 127.
 * @param terminal `TERM` inside
 */
export const openExec = async (
	client: EngineClient,
	id: ContainerId,
	options: ExecOptions,
	terminal: string,
	signal: AbortSignal,
): Promise<ExecSession> => {
	const hasConsoleSize = isAtLeast(client.apiVersion(), consoleSizeApi);
	const consoleSize = hasConsoleSize ? {ConsoleSize: [options.rows, options.columns]} : {};
	const mark = `${markName}=${randomBytes(8).toString('hex')}`;
	const created = await client.json(
		{
			operation: 'exec',
			method: 'POST',
			path: `/containers/${pathPart(id)}/exec`,
			body: {
				AttachStdin: true,
				AttachStdout: true,
				AttachStderr: true,
				Tty: true,
				Cmd: options.command,
				Env: [`TERM=${terminal}`, ...(options.environment ?? []), mark],
				...(options.user === undefined ? {} : {User: options.user}),
				...(options.workingDirectory === undefined ? {} : {WorkingDir: options.workingDirectory}),
				DetachKeys: rareDetachKeys,
				...consoleSize,
			},
			limitMs,
		},
		signal,
	);
	const path = `/exec/${pathPart(requiredText(record(created), 'Id', 'answer to exec'))}`;
	const start = {operation: 'exec', method: 'POST', path: `${path}/start`, limitMs} as const;
	const request = client.versioned({...start, body: {Detach: false, Tty: true, ...consoleSize}});
	const endWith = (write: (data: string) => void) =>
		hangUp({client, path, containerId: id, user: options.user, mark, write});
	const socket = await client
		.transport()
		.hijack(request, signal)
		.catch(async (error: unknown) => {
			// Given up too late: the engine may have started it.
			if (signal.aborted) await endWith(() => undefined);
			throw error;
		});
	const hijacked = hijackedOver(client, socket, {operation: 'exec', path, isFramed: false}, signal);
	// A size given before the start blocks the engine for ten seconds, so this is the first moment for it.
	if (!hasConsoleSize) await hijacked.resize(options.columns, options.rows);
	const {resize, write, output, close} = hijacked;
	return {
		resize,
		write,
		output,
		close,
		result: () => resultOf(client, path, hijacked, signal),
		hangUp: () => endWith(write),
	};
};

const resultOf = async (
	client: EngineClient,
	path: string,
	{closed, isClosedByUs}: Hijacked,
	signal: AbortSignal,
): Promise<ExecResult> => {
	await closed;
	const tries = isClosedByUs() ? 1 : exitTries;
	let facts = await factsOf(client, path, signal);
	for (let attempt = 1; truth(facts.Running) && attempt < tries; attempt++) {
		await sleep(10 * attempt);
		facts = await factsOf(client, path, signal);
	}
	const isRunning = truth(facts.Running);
	return {exitCode: isRunning ? undefined : optionalNumber(facts.ExitCode), isRunning};
};

const factsOf = async (client: EngineClient, path: string, signal: AbortSignal) =>
	record(await client.json({operation: 'exec', path: `${path}/json`, limitMs}, signal));
