import {Agent, type AgentOptions, IncomingMessage} from 'node:http';
import {Agent as TlsAgent} from 'node:https';
import type {Duplex, Readable} from 'node:stream';
import {inspect} from 'node:util';
import Docker, {type DialAnswer} from 'dockerode';
import {type DirectBody, directAnswer} from './direct/direct-answer.ts';
import type {Target} from './endpoint-types.ts';
import {EngineError} from './errors.ts';
import {errorOfAnswer, toEngineError} from './failure.ts';

/** One request of the Engine API. */
export type EngineRequest = {
	/** For people, in error facts: `stop container`. */
	readonly operation: string;
	/** GET when absent. */
	readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
	/** With the version prefix, every part encoded. */
	readonly path: string;
	/** Objects are sent as JSON, as the engine wants its filters. */
	readonly query?: Readonly<Record<string, string | number | boolean | object>>;
	readonly body?: object;
	/** Sent as it comes, instead of `body`; its error is the error of the request. */
	readonly upload?: Readable;
	readonly headers?: Readonly<Record<string, string>>;
	/** How long until the answer must be there; absent: as long as it takes. */
	readonly limitMs?: number;
	/** Needs a connection of its own, as calls without a limit do: it would hold the short calls up. */
	readonly isSlow?: boolean;
};

export type EngineAnswer = {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
};

/** HTTP to one engine. Every method rejects with an `EngineError`, `aborted` when the signal was the reason. */
export type Transport = {
	/** Reads the whole answer. A status of 304 is an answer ("already so"), 4xx and 5xx are errors. */
	readonly call: (request: EngineRequest, signal: AbortSignal) => Promise<EngineAnswer>;
	/** Opens an answer without end; `limitMs` counts until its headers. Aborting closes the connection. */
	readonly open: (request: EngineRequest, signal: AbortSignal) => Promise<IncomingMessage>;
	/**
	 * Asks by GET for much, in memory that is used over and over: each piece is good until the next is asked for.
	 * Nothing where `open` has to be used, which then tells what is wrong too.
	 */
	readonly openLent: (path: string, signal: AbortSignal) => Promise<DirectBody | undefined>;
	/** Turns the connection into a two-way byte stream, which the caller then owns. */
	readonly hijack: (request: EngineRequest, signal: AbortSignal) => Promise<Duplex>;
	/** Breaks off everything that is open. */
	readonly close: () => void;
	/** Aborted by `close`. */
	readonly closed: AbortSignal;
};

/** Enough for a burst of inspects, too few to hurt an engine. */
const maxCallSockets = 8;
/** Judging a status is ours to do, so every one is an answer to the library. */
const everyStatus = Object.fromEntries(Array.from({length: 500}, (_, index) => [index + 100, true as const]));

export const createTransport = (target: Target): Transport => {
	// A stream holds its connection for as long as it lives, so streams and calls without a limit must not take
	// the places of the short calls.
	const callAgent = agentOf(target, {keepAlive: true, maxSockets: maxCallSockets});
	const streamAgent = agentOf(target, {keepAlive: false});
	const calls = connect(target, callAgent);
	const streams = connect(target, streamAgent);
	const closed = new AbortController();

	const send = async <T>(
		request: EngineRequest,
		isHijack: boolean,
		client: Docker,
		signal: AbortSignal,
		use: (answer: DialAnswer) => Promise<T>,
	): Promise<T> => {
		const limit = new AbortController();
		// Not AbortSignal.timeout: that one is kept until it fires, however soon the answer comes.
		const timer =
			request.limitMs === undefined ? undefined : setTimeout(() => limit.abort(), request.limitMs);
		const any = AbortSignal.any([signal, closed.signal, limit.signal]);
		try {
			any.throwIfAborted();
			return await use(await dial(client, target, request, isHijack, any));
		} catch (error) {
			throw explain(error, request, signal.aborted || closed.signal.aborted, limit.signal.aborted);
		} finally {
			clearTimeout(timer);
		}
	};

	return {
		call: (request, signal) =>
			send(request, false, isSlow(request) ? streams : calls, signal, async answer => {
				const response = await checked(answer, request.operation);
				return {headers: response.headers, body: await textOf(response)};
			}),
		open: (request, signal) =>
			send(request, false, streams, signal, answer => checked(answer, request.operation)),
		openLent: (path, signal) => directAnswer(target, path, AbortSignal.any([signal, closed.signal])),
		hijack: (request, signal) =>
			send(request, true, streams, signal, async answer => {
				if (!(answer instanceof IncomingMessage)) return answer;
				const response = await checked(answer, request.operation);
				response.destroy();
				throw new EngineError('protocol', 'the engine did not open a session', {
					operation: request.operation,
				});
			}),
		close: () => {
			closed.abort();
			callAgent.destroy();
			streamAgent.destroy();
		},
		closed: closed.signal,
	};
};

const isSlow = (request: EngineRequest): boolean => request.isSlow ?? request.limitMs === undefined;

const dial = (
	client: Docker,
	target: Target,
	request: EngineRequest,
	isHijack: boolean,
	abortSignal: AbortSignal,
): Promise<DialAnswer> =>
	new Promise((resolve, reject) => {
		Object.defineProperty(abortSignal, inspect.custom, opaque);
		const basePath = target.kind === 'tcp' ? target.basePath : '';
		const mark = request.query === undefined ? '' : '?';
		client.modem.dial(
			{
				path: `${basePath}${request.path}${mark}`,
				method: request.method ?? 'GET',
				options: {_query: request.query ?? {}, _body: request.body ?? {}},
				...(request.headers === undefined ? {} : {headers: {...request.headers}}),
				...(request.upload === undefined ? {} : {file: request.upload}),
				statusCodes: everyStatus,
				isStream: true,
				hijack: isHijack,
				abortSignal,
			},
			(error, answer) => {
				if (answer === null) reject(error ?? new Error('no answer'));
				else resolve(answer);
			},
		);
	});

/** @throws EngineError for a status of 4xx or 5xx, with the engine's words */
const checked = async (answer: DialAnswer, operation: string): Promise<IncomingMessage> => {
	if (!(answer instanceof IncomingMessage)) {
		answer.destroy();
		throw new EngineError('protocol', 'the engine opened a session instead of answering', {operation});
	}
	const status = answer.statusCode ?? 0;
	if (status < 400) return answer;
	throw errorOfAnswer(status, await textOf(answer), operation);
};

const textOf = async (response: IncomingMessage): Promise<string> => {
	const chunks: Buffer[] = [];
	for await (const chunk of response) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
};

/** Our own two reasons to break off come back as the same errors as a broken connection. */
const explain = (
	error: unknown,
	request: EngineRequest,
	isAborted: boolean,
	isLate: boolean,
): EngineError => {
	const {operation, limitMs = 0} = request;
	if (error instanceof EngineError) return error;
	if (isAborted) return new EngineError('aborted', `${operation}: given up`, {operation, cause: error});
	if (isLate)
		return new EngineError('unreachable', `no answer within ${limitMs / 1000} s`, {operation, cause: error});
	return toEngineError(error, operation);
};

const agentOf = (target: Target, options: AgentOptions): Agent => {
	const {tls} = target.kind === 'tcp' ? target : {};
	// Without TLS there is no server's name: left open, Node looks for it with a check that takes 7 ms the first time.
	const plain = {...options, servername: ''};
	const agent =
		tls === undefined
			? new Agent(plain)
			: new TlsAgent({
					...options,
					ca: tls.ca,
					cert: tls.cert,
					key: tls.key,
					rejectUnauthorized: tls.isVerified,
				});
	Object.defineProperty(agent, inspect.custom, opaque);
	return agent;
};

/**
 * docker-modem formats every request for its debug log, switched on or not, down into the agent's sockets: 1 to
 * 4 ms of CPU for each call. What prints itself as a word costs nothing (0.2 ms).
 */
const opaque = {value: () => '[opaque]'};

const connect = (target: Target, agent: Agent): Docker =>
	withoutDockerEnvironment(() =>
		target.kind === 'unix'
			? new Docker({socketPath: target.socketPath, protocol: 'http', agent})
			: new Docker({
					host: target.host,
					port: target.port,
					protocol: target.tls === undefined ? 'http' : 'https',
					agent,
				}),
	);

/** docker-modem lets the environment win over what it is told, and throws on what it does not understand there. */
const withoutDockerEnvironment = <T>(make: () => T): T => {
	const names = ['DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'DOCKER_CLIENT_TIMEOUT'];
	const saved = names.map(name => [name, process.env[name]] as const);
	for (const name of names) delete process.env[name];
	try {
		return make();
	} finally {
		for (const [name, value] of saved) if (value !== undefined) process.env[name] = value;
	}
};
