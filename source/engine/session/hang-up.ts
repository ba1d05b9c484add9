import {setTimeout as sleep} from 'node:timers/promises';
import {requiredText} from '../decode/answer.ts';
import {number, record, truth} from '../decode/read.ts';
import type {EngineClient} from '../engine-client.ts';
import {isEngineErrorOf} from '../failure.ts';
import {pathPart} from '../paths.ts';
import type {Leftover} from '../session-types.ts';
import type {ContainerId} from '../types.ts';

type HangUp = {
	readonly client: EngineClient;
	/** `/exec/{id}` */
	readonly path: string;
	readonly containerId: ContainerId;
	/** As the process was started: only the same user may look at its environment. */
	readonly user: string | undefined;
	/** `NAME=value` in the environment of the process. */
	readonly mark: string;
	/** To the terminal of the process. */
	readonly write: (data: string) => void;
};

/** All together; who leaves does not wait longer. */
const limitMs = 2000;
/** For what a signal ends; the engine needs some 150 ms to start the program that sends it. */
const signalGraceMs = 1000;
const keyGraceMs = 250;
const lookMs = 25;

/**
 * Sends SIGHUP to the process that carries the mark ($1) and was put into the container from outside: it has no
 * parent there, or, where the container shares the host's processes, the id that the engine tells ($2). What that
 * process has started carries the mark as well and is left to it, as when a line is dropped: a daemon lives on.
 * For any POSIX shell, without further programs.
 */
const hangUpScript = `exec 2>/dev/null
for d in /proc/[0-9]*; do
p=\${d#/proc/} parent=
while read -r key value; do [ "$key" = PPid: ] && parent=$value && break; done <"$d/status"
[ "$parent" = 0 ] || [ "$p" = "$2" ] || continue
while IFS= read -r line || [ -n "$line" ]; do
case $line in *"$1"*) kill -HUP "$p"; exit 0;; esac
done <"$d/environ"
done
exit 1`;

/**
 * Ends a process started by exec, which outlives its connection: the API has no way to do so. It is hung up on as
 * by a terminal that goes away; where the container has no shell for that, ctrl-c and ctrl-d are typed. Takes at
 * most two seconds, never throws.
 * @returns what is left, when it would not end or the engine no longer answers
 */
export const hangUp = async ({
	client,
	path,
	containerId,
	user,
	mark,
	write,
}: HangUp): Promise<Leftover | undefined> => {
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), limitMs);
	const {signal} = limit;
	let processId = 0;

	const isRunning = async (): Promise<boolean> => {
		try {
			const facts = record(await client.json({operation: 'exec', path: `${path}/json`, limitMs}, signal));
			processId = number(facts.Pid);
			return truth(facts.Running);
		} catch (error) {
			// Gone with its container.
			if (isEngineErrorOf(error, 'not-found')) return false;
			throw error;
		}
	};
	const endsWithin = async (graceMs: number): Promise<boolean> => {
		for (const until = Date.now() + graceMs; Date.now() < until; await sleep(lookMs))
			if (!(await isRunning())) return true;
		return false;
	};

	try {
		if (!(await isRunning())) return undefined;
		const command = ['sh', '-c', hangUpScript, 'sh', mark, String(processId)];
		const isSent = await startDetached(client, containerId, {command, user}, signal);
		if (isSent && (await endsWithin(signalGraceMs))) return undefined;
		for (const key of ['\u0003', '\u0004']) {
			write(key);
			if (await endsWithin(keyGraceMs)) return undefined;
		}
		return {processId};
	} catch {
		return {processId};
	} finally {
		clearTimeout(timer);
	}
};

/** @returns whether it was started; an image without a shell is no error here. */
const startDetached = async (
	client: EngineClient,
	containerId: ContainerId,
	{command, user}: {readonly command: readonly string[]; readonly user: string | undefined},
	signal: AbortSignal,
): Promise<boolean> => {
	try {
		const body = {Cmd: command, ...(user === undefined ? {} : {User: user})};
		const path = `/containers/${pathPart(containerId)}/exec`;
		const created = await client.json({operation: 'exec', method: 'POST', path, body, limitMs}, signal);
		const execPath = `/exec/${pathPart(requiredText(record(created), 'Id', 'answer to exec'))}`;
		const start = {operation: 'exec', method: 'POST', path: `${execPath}/start`, limitMs} as const;
		await client.call({...start, body: {Detach: true, Tty: false}}, signal);
		return true;
	} catch (error) {
		if (signal.aborted) throw error;
		return false;
	}
};
