import type {Duplex} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import {isAtLeast} from './api-version.ts';
import {requiredText} from './decode/answer.ts';
import {optionalNumber, record, truth} from './decode/read.ts';
import type {EngineClient} from './engine-client.ts';
import {toEngineError} from './failure.ts';
import {pathPart} from './paths.ts';
import type {ContainerId, ExecResult, ExecSession} from './types.ts';

export type ExecOptions = {
	readonly command: readonly string[];
	/** Cells. */
	readonly columns: number;
	readonly rows: number;
	/** `TERM` inside. */
	readonly terminal: string;
};

const limitMs = 30_000;
/** The engine takes a size from the console on only from here. */
const consoleSizeApi = '1.42';
/**
 * The engine holds the first of these keys back until it sees the next. The default, ctrl-p ctrl-q, makes a
 * shell's history key lag; nobody types ctrl-@.
 */
const detachKeys = 'ctrl-@,ctrl-_,ctrl-]';
const resizeTries = 10;
/** How often the exit code is asked for after the output ended, until the engine has noted it. */
const exitTries = 10;

/**
 * `POST /containers/{id}/exec`, then `POST /exec/{id}/start` as a raw two-way stream. A program that is not
 * there is no error: its text comes as output, its exit code is 126 or 127.
 */
export const openExec = async (
	client: EngineClient,
	id: ContainerId,
	options: ExecOptions,
	signal: AbortSignal,
): Promise<ExecSession> => {
	const hasConsoleSize = isAtLeast(client.apiVersion(), consoleSizeApi);
	const consoleSize = hasConsoleSize ? {ConsoleSize: [options.rows, options.columns]} : {};
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
				Env: [`TERM=${options.terminal}`],
				DetachKeys: detachKeys,
				...consoleSize,
			},
			limitMs,
		},
		signal,
	);
	const execPath = `/exec/${pathPart(requiredText(record(created), 'Id', 'answer to exec'))}`;
	const socket = await client.transport().hijack(
		client.versioned({
			operation: 'exec',
			method: 'POST',
			path: `${execPath}/start`,
			body: {Detach: false, Tty: true, ...consoleSize},
			limitMs,
		}),
		signal,
	);
	const session = sessionOver(client, execPath, socket, signal);
	// A size given before the start blocks the engine for ten seconds, so this is the first moment for it.
	if (!hasConsoleSize) await session.resize(options.columns, options.rows);
	return session;
};

const sessionOver = (
	client: EngineClient,
	execPath: string,
	socket: Duplex,
	signal: AbortSignal,
): ExecSession => {
	const ended = new Promise<void>(resolve => socket.once('close', resolve));
	const close = (): void => {
		socket.destroy();
	};
	const scope = AbortSignal.any([signal, client.transport().closed]);
	scope.addEventListener('abort', close, {once: true});
	socket.once('close', () => scope.removeEventListener('abort', close));
	// Whoever reads the output gets the error; when nobody does, it must not end the process.
	socket.on('error', () => {});
	if (scope.aborted) close();

	let isClosedByUs = false;
	return {
		resize: async (columns, rows) => {
			for (let attempt = 1; attempt <= resizeTries && !socket.destroyed; attempt++) {
				if (await resizeOnce(client, execPath, columns, rows, scope)) return;
				await sleep(10 * attempt);
			}
		},
		write: data => {
			if (!socket.destroyed) socket.write(data);
		},
		output: outputOf(socket, () => isClosedByUs || scope.aborted),
		result: async () => {
			await ended;
			return exitOf(client, execPath, isClosedByUs ? 1 : exitTries, signal);
		},
		close: () => {
			isClosedByUs = true;
			close();
		},
	};
};

async function* outputOf(
	socket: Duplex,
	isGivenUp: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
	try {
		for await (const chunk of socket) yield chunk;
	} catch (error) {
		if (!isGivenUp()) throw toEngineError(error, 'exec');
	}
}

/** False when the process is not far enough to have a size yet; a session that is over needs none. */
const resizeOnce = async (
	client: EngineClient,
	execPath: string,
	columns: number,
	rows: number,
	signal: AbortSignal,
): Promise<boolean> => {
	try {
		const query = {h: rows, w: columns};
		await client.call(
			{operation: 'resize', method: 'POST', path: `${execPath}/resize`, query, limitMs},
			signal,
		);
		return true;
	} catch {
		return signal.aborted;
	}
};

const exitOf = async (
	client: EngineClient,
	execPath: string,
	tries: number,
	signal: AbortSignal,
): Promise<ExecResult> => {
	for (let attempt = 1; attempt <= tries; attempt++) {
		const facts = record(await client.json({operation: 'exec', path: `${execPath}/json`, limitMs}, signal));
		if (!truth(facts.Running)) return {exitCode: optionalNumber(facts.ExitCode)};
		if (attempt < tries) await sleep(10 * attempt);
	}
	return {exitCode: undefined};
};
