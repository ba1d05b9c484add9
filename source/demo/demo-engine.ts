import {rmSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {systemClock} from '../clock.ts';
import {assemble} from './assemble.ts';
import type {DemoOptions} from './demo-options.ts';
import {createDemoServer} from './http/demo-server.ts';
import {engineVersion} from './http/engine-versions.ts';
import {createFaults, type DemoFault, type DemoFaultOptions} from './http/faults.ts';
import type {StormOptions} from './world/storm.ts';

export type {DemoOptions} from './demo-options.ts';
export type {DemoFault} from './http/faults.ts';

export type DemoEngine = {
	readonly socketPath: string;
	/** `unix://…` */
	readonly host: string;
	/**
	 * Makes later requests fail whose `METHOD /path` matches.
	 * @returns how to call it off
	 */
	readonly inject: (pattern: RegExp, fault: DemoFault, options?: DemoFaultOptions) => () => void;
	/** Breaks every open connection. */
	readonly dropConnections: () => void;
	/** `GET /containers/json?all=1`, without the version: the latest 20,000. */
	readonly requests: () => readonly string[];
	/** Answers under way that have no length: events, logs, statistics, sessions. */
	readonly openStreams: () => number;
	/** Resolves when all of its events are told. */
	readonly storm: (options: StormOptions) => Promise<void>;
	readonly stop: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/**
 * An engine without containers: speaks Docker's Engine API on a unix socket, for `--demo`, tests and benchmarks.
 * @throws RangeError for an unknown API version, and what listening on the socket throws
 */
export const startDemoEngine = async (options: DemoOptions = {}): Promise<DemoEngine> => {
	const version = engineVersion(options.apiVersion ?? '1.51');
	const clock = options.clock ?? systemClock;
	const stopped = new AbortController();
	const parts = assemble({options, clock, version, stopped: stopped.signal});
	const faults = createFaults();
	const server = createDemoServer({clock, version, faults, routes: parts.routes, stopped: stopped.signal});
	const folder = options.socketPath === undefined ? await mkdtemp(join(tmpdir(), 'gantry-demo-')) : undefined;
	const socketPath = options.socketPath ?? join(folder ?? '', 'demo.sock');
	const removeFolder = (): void => {
		if (folder !== undefined) rmSync(folder, {recursive: true, force: true});
	};
	// Also when nobody comes to stop it, as when the terminal is closed over Gantry.
	process.once('exit', removeFolder);

	let stopping: Promise<void> | undefined;
	const stop = (): Promise<void> => {
		stopping ??= (async () => {
			stopped.abort();
			parts.stop();
			await server.close();
			process.off('exit', removeFolder);
			removeFolder();
		})();
		return stopping;
	};

	try {
		await server.listen(socketPath);
	} catch (error) {
		await stop();
		throw error;
	}
	const {eventsPerSecond = 0} = options;
	if (eventsPerSecond > 0) void parts.storm({perSecond: eventsPerSecond, seconds: Number.POSITIVE_INFINITY});

	return {
		socketPath,
		host: `unix://${socketPath}`,
		inject: faults.inject,
		dropConnections: server.dropConnections,
		requests: server.requests,
		openStreams: server.openStreams,
		storm: parts.storm,
		stop,
		[Symbol.asyncDispose]: stop,
	};
};
