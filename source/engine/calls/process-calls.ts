import {decodeChanges, decodeMountPoints} from '../decode/changes.ts';
import {decodeProcesses} from '../decode/processes.ts';
import type {EngineClient} from '../engine-client.ts';
import {EngineError, type EngineErrorKind} from '../errors.ts';
import {pathPart} from '../paths.ts';
import type {ContainerChanges, ContainerProcess} from '../process-types.ts';
import type {ContainerId} from '../types.ts';

/** Of the `Engine` port: its processes and what it changed. */
export type ProcessCalls = {
	/**
	 * `GET /containers/{id}/top`: the engine runs `ps` on its host for each call (some 20 ms of its CPU).
	 * Rejects with `conflict` for a container that does not run.
	 */
	readonly listProcesses: (id: ContainerId, signal: AbortSignal) => Promise<readonly ContainerProcess[]>;
	/** `GET /containers/{id}/changes`, running or not; walks all that the container has written. */
	readonly containerChanges: (id: ContainerId, signal: AbortSignal) => Promise<ContainerChanges>;
};

const readLimitMs = 30_000;

/**
 * What is asked of `ps`: all that procps tells, Podman's own descriptors, what busybox tells, and nothing, for what
 * the engine runs by itself. Only the last column may hold blanks.
 */
const dialects: readonly string[] = [
	'-ww -eo pid,ppid,user:32,pcpu,pmem,rss,stat,etimes,times,args',
	'pid,ppid,user,pcpu,rss,state,etime,time,args',
	'-o pid,ppid,user,rss,stat,etime,time,args',
	'',
];

/** An engine that answers so has not understood what it was asked; another question may be. */
const refusals: ReadonlySet<EngineErrorKind> = new Set(['api', 'invalid', 'protocol', 'unsupported']);

const isRefusal = (error: unknown): boolean => error instanceof EngineError && refusals.has(error.kind);

const createTop = (client: EngineClient): ProcessCalls['listProcesses'] => {
	/** What was understood last is tried first. */
	let known = dialects[0] ?? '';

	const ask = async (id: ContainerId, dialect: string, signal: AbortSignal) => {
		const request = {
			operation: 'list processes',
			path: `/containers/${pathPart(id)}/top`,
			...(dialect === '' ? {} : {query: {ps_args: dialect}}),
			limitMs: readLimitMs,
			// A host in trouble takes seconds for it: the short calls must not wait behind.
			isSlow: true,
		};
		return decodeProcesses(await client.json(request, signal));
	};

	return async (id, signal) => {
		let refusal: unknown;
		for (const dialect of new Set([known, ...dialects])) {
			try {
				const processes = await ask(id, dialect, signal);
				if (processes.length === 0) continue;
				known = dialect;
				return processes;
			} catch (error) {
				if (!isRefusal(error)) throw error;
				// What is said about the plainest question says most.
				refusal = error;
			}
		}
		if (refusal !== undefined) throw refusal;
		return [];
	};
};

export const processCalls = (client: EngineClient): ProcessCalls => ({
	listProcesses: createTop(client),
	containerChanges: async (id, signal) => {
		const at = `/containers/${pathPart(id)}`;
		const [changes, inspected] = await Promise.all([
			// Without a limit: a container that has written a million files takes its engine minutes.
			client.json({operation: 'list changes', path: `${at}/changes`}, signal),
			client.json({operation: 'inspect container', path: `${at}/json`, limitMs: readLimitMs}, signal),
		]);
		return {changes: decodeChanges(changes), mountPoints: decodeMountPoints(inspected)};
	},
});
