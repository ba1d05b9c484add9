import {negotiate} from './api-version.ts';
import type {Candidates, Endpoint} from './endpoint-types.ts';
import {EngineError} from './errors.ts';
import {toEngineError} from './failure.ts';
import {createTransport, type EngineAnswer, type EngineRequest, type Transport} from './transport.ts';

/** What the unversioned `/_ping` says. */
export type PingFacts = {readonly apiVersion: string; readonly engineTime: number};

/** The transport with the engine's API version put before every path, and JSON read. */
export type EngineClient = {
	/** Where the engine is; of several candidates the one that answered, the first until then. */
	readonly endpoint: () => Endpoint;
	readonly transport: () => Transport;
	/** Negotiated by the last `ping`; empty before the first, which the engine takes as its own newest. */
	readonly apiVersion: () => string;
	/** Asks without a version, and keeps the version that both sides know for all that follows. */
	readonly ping: (signal: AbortSignal) => Promise<PingFacts>;
	readonly call: (request: EngineRequest, signal: AbortSignal) => Promise<EngineAnswer>;
	/** @throws EngineError `protocol` when the answer is not JSON */
	readonly json: (request: EngineRequest, signal: AbortSignal) => Promise<unknown>;
	/** The request with the version before its path. */
	readonly versioned: (request: EngineRequest) => EngineRequest;
	/** A stream by the rules of the `Engine` port: quiet when given up, an `EngineError` when it breaks. */
	readonly guarded: <T>(operation: string, signal: AbortSignal, items: AsyncIterable<T>) => AsyncIterable<T>;
};

/** How long a sign of life may take. */
const pingLimitMs = 5_000;

/**
 * @param candidates at least one; the first that answers a ping is kept for good.
 */
export const createEngineClient = (candidates: Candidates): EngineClient => {
	let endpoint = candidates[0];
	let transport = createTransport(endpoint.target);
	let apiVersion = endpoint.apiVersion ?? '';
	let hasAnswered = false;

	const versioned = (request: EngineRequest): EngineRequest =>
		apiVersion === '' ? request : {...request, path: `/v${apiVersion}${request.path}`};

	const call = (request: EngineRequest, signal: AbortSignal): Promise<EngineAnswer> =>
		transport.call(versioned(request), signal);

	const pingHere = async (signal: AbortSignal): Promise<PingFacts> => {
		const request = {operation: 'ping', path: '/_ping', limitMs: pingLimitMs};
		const {headers} = await transport.call(request, signal);
		hasAnswered = true;
		apiVersion = endpoint.apiVersion ?? negotiate(one(headers['api-version']));
		const engineTime = Date.parse(one(headers.date) ?? '');
		return {apiVersion, engineTime: Number.isNaN(engineTime) ? Date.now() : engineTime};
	};

	const pingEach = async (signal: AbortSignal): Promise<PingFacts> => {
		const failures: {readonly endpoint: Endpoint; readonly error: EngineError}[] = [];
		for (const candidate of candidates) {
			if (candidate !== endpoint) {
				transport.close();
				endpoint = candidate;
				transport = createTransport(candidate.target);
			}
			try {
				return await pingHere(signal);
			} catch (thrown) {
				const error = toEngineError(thrown, 'connect');
				if (error.kind === 'aborted') throw error;
				failures.push({endpoint, error});
			}
		}
		throw noneAnswers(failures);
	};

	return {
		endpoint: () => endpoint,
		transport: () => transport,
		apiVersion: () => apiVersion,
		versioned,
		ping: signal => (hasAnswered || candidates.length === 1 ? pingHere(signal) : pingEach(signal)),
		call,
		json: async (request, signal) => {
			const {body} = await call(request, signal);
			return parseBody(body, request.operation);
		},
		guarded: async function* (operation, signal, items) {
			try {
				yield* items;
			} catch (error) {
				if (signal.aborted || transport.closed.aborted) return;
				throw toEngineError(error, operation);
			}
		},
	};
};

/** Beside the address the system's word says nothing new: `no socket there (connect ENOENT /run/x.sock)`. */
const withoutSocket = (message: string): string => message.replace(/ \(connect [A-Z]+ [^)]*\)$/, '');

/** A socket that is there but closed to this user tells most; else every place with its reason. */
const noneAnswers = (
	failures: readonly {readonly endpoint: Endpoint; readonly error: EngineError}[],
): EngineError => {
	const attempts = failures.map(({endpoint: {address, source}, error}) => ({
		address,
		source,
		message: withoutSocket(error.message),
	}));
	const closed = failures.find(({error}) => error.kind === 'permission');
	const places = attempts.map(({address}) => address).join(', ');
	return new EngineError(
		closed === undefined ? 'unreachable' : 'permission',
		closed?.error.message ?? `no engine answers; tried ${places}`,
		{operation: 'connect', attempts},
	);
};

const one = (header: string | string[] | undefined): string | undefined =>
	typeof header === 'string' ? header : header?.[0];

const parseBody = (body: string, operation: string): unknown => {
	if (body.trim() === '') return undefined;
	try {
		return JSON.parse(body);
	} catch (cause) {
		const start = body.slice(0, 60);
		throw new EngineError('protocol', `the engine's answer is not JSON: ${start}`, {operation, cause});
	}
};
