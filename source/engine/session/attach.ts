import {setTimeout as sleep} from 'node:timers/promises';
import {optionalNumber, record, truth} from '../decode/read.ts';
import type {EngineClient} from '../engine-client.ts';
import {pathPart} from '../paths.ts';
import type {AttachSession, ExecResult} from '../session-types.ts';
import type {ContainerId} from '../types.ts';
import {rareDetachKeys} from './exec.ts';
import {hijackedOver} from './hijacked.ts';

const limitMs = 30_000;
/** Until the engine has noted how the process ended. */
const exitGraceMs = 1000;

/**
 * `POST /containers/{id}/attach`: the input and output of the container's own process. Without a terminal, input
 * that the engine closes with the first client who leaves (`StdinOnce`) is not taken: leaving would end the process.
 */
export const openAttach = async (
	client: EngineClient,
	id: ContainerId,
	signal: AbortSignal,
): Promise<AttachSession> => {
	const path = `/containers/${pathPart(id)}`;
	const inspect = {operation: 'attach', path: `${path}/json`, limitMs};
	const config = record(record(await client.json(inspect, signal)).Config);
	const isTty = truth(config.Tty);
	const isInputOpen = truth(config.OpenStdin);
	const hasInput = isInputOpen && (isTty || !truth(config.StdinOnce));

	// Asked for before the end: of a container that is removed with its end nothing can be asked afterwards.
	const waiting = new AbortController();
	const waitSignal = AbortSignal.any([signal, waiting.signal]);
	const end = client
		.json({operation: 'attach', method: 'POST', path: `${path}/wait`}, waitSignal)
		.then(answer => optionalNumber(record(answer).StatusCode))
		.catch(() => undefined);
	const query = {stream: true, stdin: hasInput, stdout: true, stderr: true, detachKeys: rareDetachKeys};
	const request = {operation: 'attach', method: 'POST', path: `${path}/attach`, query, limitMs} as const;
	try {
		const socket = await client.transport().hijack(client.versioned(request), signal);
		const {closed, resize, write, output, close} = hijackedOver(
			client,
			socket,
			{operation: 'attach', path, isFramed: !isTty},
			signal,
		);
		return {
			isTty,
			input: hasInput ? 'open' : isInputOpen ? 'kept' : 'none',
			resize,
			write: hasInput ? write : () => undefined,
			output,
			close: () => {
				waiting.abort();
				close();
			},
			result: async (): Promise<ExecResult> => {
				await closed;
				const exitCode = await Promise.race([end, sleep(exitGraceMs, undefined, {ref: false})]);
				waiting.abort();
				return {exitCode, isRunning: exitCode === undefined};
			},
		};
	} catch (error) {
		waiting.abort();
		throw error;
	}
};
