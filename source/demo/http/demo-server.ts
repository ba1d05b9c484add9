import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import type {Clock} from '../../clock.ts';
import {DemoError, type DemoReply, type DemoRequest, type DemoRoute} from '../contract.ts';
import {type EngineVersion, versionedPath} from './engine-versions.ts';
import type {DemoFaults} from './faults.ts';
import {takeOver} from './hijack.ts';
import {jsonBody} from './json-body.ts';
import {writeReply} from './reply.ts';

export type DemoServer = {
	readonly listen: (socketPath: string) => Promise<void>;
	/** `METHOD /path?query`, without the version, the latest 20,000. */
	readonly requests: () => readonly string[];
	readonly openStreams: () => number;
	readonly dropConnections: () => void;
	readonly close: () => Promise<void>;
};

export type DemoServerParts = {
	readonly clock: Clock;
	readonly version: EngineVersion;
	readonly faults: DemoFaults;
	readonly routes: readonly DemoRoute[];
	/** Aborts when the engine stops. */
	readonly stopped: AbortSignal;
};

const keptRequests = 20_000;

/** HTTP on a unix socket: finds the route of a request, answers, counts, and works the faults in. */
export const createDemoServer = (parts: DemoServerParts): DemoServer => {
	const sockets = new Set<Socket>();
	const open = new Set<DemoRequest>();
	const requests: string[] = [];

	const note = (key: string, query: string): void => {
		requests.push(`${key}${query}`);
		if (requests.length > 2 * keptRequests) requests.splice(0, keptRequests);
	};

	const server = createServer((raw, response) => {
		void serve(raw, response);
	});
	server.keepAliveTimeout = 0;
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	});

	/** Never rejects. */
	const serve = async (raw: IncomingMessage, response: ServerResponse): Promise<void> => {
		try {
			setHeaders(response, parts);
			const url = new URL(raw.url ?? '/', 'http://demo');
			const request = requestOf(raw, url, response, parts);
			const key = `${request.method} ${request.path}`;
			note(key, url.search);
			await answer(request, key, response, parts, open);
		} catch (error) {
			if (response.headersSent) response.destroy();
			else await refuse(response, error, parts.clock);
		} finally {
			raw.resume();
		}
	};

	const dropConnections = (): void => {
		for (const socket of sockets) socket.destroy();
	};

	return {
		listen: socketPath => listening(server, socketPath),
		requests: () => requests.slice(-keptRequests),
		openStreams: () => open.size,
		dropConnections,
		close: async () => {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			dropConnections();
			await closed;
		},
	};
};

const listening = (server: Server, socketPath: string): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(socketPath, () => {
			server.off('error', reject);
			resolve();
		});
	});

const setHeaders = (response: ServerResponse, {clock, version}: DemoServerParts): void => {
	response.sendDate = false;
	response.setHeader('Api-Version', version.api);
	response.setHeader('Docker-Experimental', 'false');
	response.setHeader('Ostype', 'linux');
	response.setHeader('Server', `Docker/${version.engine} (linux)`);
	response.setHeader('Date', new Date(clock.now()).toUTCString());
};

const requestOf = (
	raw: IncomingMessage,
	url: URL,
	response: ServerResponse,
	{version, stopped}: DemoServerParts,
): DemoRequest => {
	const gone = new AbortController();
	const leave = (): void => gone.abort();
	raw.socket.once('close', leave);
	response.once('close', () => {
		// The connection serves further requests.
		raw.socket.off('close', leave);
		leave();
	});
	const stop = (): void => gone.abort();
	stopped.addEventListener('abort', stop, {once: true});
	gone.signal.addEventListener('abort', () => stopped.removeEventListener('abort', stop), {once: true});
	return {
		method: raw.method ?? 'GET',
		...versionedPath(url.pathname, version),
		query: url.searchParams,
		headers: raw.headers,
		body: () => jsonBody(raw),
		raw,
		signal: gone.signal,
	};
};

const answer = async (
	request: DemoRequest,
	key: string,
	response: ServerResponse,
	{clock, faults, routes}: DemoServerParts,
	open: Set<DemoRequest>,
): Promise<void> => {
	const taken = faults.take(key);
	const fault = taken?.fault;
	if (fault?.kind === 'freeze') await taken?.over(request.signal);
	if (fault?.kind === 'drop' || request.signal.aborted) {
		response.destroy();
		return;
	}
	if (fault?.kind === 'error') throw new DemoError(fault.status, fault.message);
	const reply = await handled(request, routes);
	const isLong = 'stream' in reply || 'hijack' in reply;
	if (isLong) open.add(request);
	try {
		if ('hijack' in reply) {
			const socket = takeOver(response);
			if (socket !== undefined) await reply.hijack(socket, response);
		} else {
			const thaw = (): Promise<void> => faults.thaw(key, request.signal);
			await writeReply(response, reply, {clock, signal: request.signal, fault, thaw});
		}
	} finally {
		open.delete(request);
	}
};

const handled = async (request: DemoRequest, routes: readonly DemoRoute[]): Promise<DemoReply> => {
	for (const {method, path, handle} of routes) {
		const [matched, ...groups] = method === request.method ? (path.exec(request.path) ?? []) : [];
		if (matched === request.path) return handle(request, groups.map(decoded));
	}
	throw new DemoError(404, 'page not found');
};

const decoded = (group: string | undefined): string => {
	try {
		return decodeURIComponent(group ?? '');
	} catch {
		throw new DemoError(400, `invalid URL escape ${JSON.stringify(group)}`);
	}
};

const refuse = async (response: ServerResponse, error: unknown, clock: Clock): Promise<void> => {
	const status = error instanceof DemoError ? error.status : 500;
	const message = error instanceof Error ? error.message : String(error);
	const terms = {clock, signal: new AbortController().signal, fault: undefined, thaw: async () => {}};
	await writeReply(response, {status, json: {message}}, terms);
};
