import {negotiate} from './api-version.ts';
import type {Endpoint} from './endpoint-types.ts';
import {EngineError} from './errors.ts';
import {toEngineError} from './failure.ts';
import {createTransport, type EngineAnswer, type EngineRequest, type Transport} from './transport.ts';

/** What the unversioned `/_ping` says. */
export type PingFacts = {readonly apiVersion: string; readonly engineTime: number};

/** The transport with the engine's API version put before every path, and JSON read. */
export type EngineClient = {
	readonly endpoint: Endpoint;
	readonly transport: Transport;
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

export const createEngineClient = (endpoint: Endpoint): EngineClient => {
	const transport = createTransport(endpoint.target);
	let apiVersion = endpoint.apiVersion ?? '';

	const versioned = (request: EngineRequest): EngineRequest =>
		apiVersion === '' ? request : {...request, path: `/v${apiVersion}${request.path}`};

	const call = (request: EngineRequest, signal: AbortSignal): Promise<EngineAnswer> =>
		transport.call(versioned(request), signal);

	return {
		endpoint,
		transport,
		apiVersion: () => apiVersion,
		versioned,
		ping: async signal => {
			const request = {operation: 'ping', path: '/_ping', limitMs: pingLimitMs};
			const {headers} = await transport.call(request, signal);
			apiVersion = endpoint.apiVersion ?? negotiate(one(headers['api-version']));
			const engineTime = Date.parse(one(headers.date) ?? '');
			return {apiVersion, engineTime: Number.isNaN(engineTime) ? Date.now() : engineTime};
		},
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
