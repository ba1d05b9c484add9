import {
	type Agent,
	type ClientRequest,
	type IncomingHttpHeaders,
	type IncomingMessage,
	request as plain,
} from 'node:http';
import {request as encrypted} from 'node:https';
import type {Socket} from 'node:net';
import type {Clock} from '../../clock.ts';

export type Ask = {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** An answer that is longer is none. */
	readonly maxBytes: number;
};

export type Answer = {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	/** Of a refusal its beginning at most. */
	readonly body: Buffer;
};

/** It took too long: to connect, to answer, or altogether. */
export class TimeOut extends Error {}

/** The answer was longer than any registry's is. */
export class TooLong extends Error {}

/** Nobody waits for the answer any more. */
export class GivenUp extends Error {}

const queueMs = 300_000;
const connectMs = 10_000;
const silenceMs = 30_000;
const wholeMs = 120_000;
const refusalBytes = 64 * 1024;

const isRefusal = (status: number): boolean => status >= 400;

/** Calls `late` when nothing has happened for a while, or all of it takes too long. */
const openWatch = (clock: Clock, late: (error: TimeOut) => void) => {
	const since = (ms: number, what: string): (() => void) =>
		clock.after(ms, () => late(new TimeOut(`${what} after ${ms / 1000} s`)));
	let isOver = false;
	let stopWhole = since(queueMs, 'no connection');
	let stopSilence = (): void => {};
	const rearm = (ms: number, what: string): void => {
		stopSilence();
		if (!isOver) stopSilence = since(ms, what);
	};
	return {
		/** It has waited for its turn until now. */
		begin: (): void => {
			stopWhole();
			if (!isOver) stopWhole = since(wholeMs, 'the answer is not complete');
			rearm(connectMs, 'no connection');
		},
		alive: (): void => rearm(silenceMs, 'no answer'),
		stop: (): void => {
			isOver = true;
			stopWhole();
			stopSilence();
		},
	};
};

const collect = (
	response: IncomingMessage,
	maxBytes: number,
	alive: () => void,
	done: (answer: Answer) => void,
	fail: (error: unknown) => void,
): void => {
	const status = response.statusCode ?? 0;
	const most = isRefusal(status) ? Math.min(refusalBytes, maxBytes) : maxBytes;
	const chunks: Buffer[] = [];
	let bytes = 0;
	const finish = (): void => done({status, headers: response.headers, body: Buffer.concat(chunks)});
	response.on('data', (chunk: Buffer) => {
		alive();
		bytes += chunk.length;
		if (bytes <= most) chunks.push(chunk);
		else if (isRefusal(status)) finish();
		else fail(new TooLong(`the answer is longer than ${most / 1024} kB`));
	});
	response.once('end', finish);
	response.once('error', fail);
	response.once('close', () => {
		if (!response.complete) fail(new Error('the connection broke'));
	});
};

/** Whoever waited for a connection may get one that is there already, though not from those that were free. */
const connected = new WeakSet<Socket>();

const once = (ask: Ask, agent: Agent, clock: Clock, signal: AbortSignal): Promise<Answer> => {
	const {promise, resolve, reject} = Promise.withResolvers<Answer>();
	let request: ClientRequest | undefined;
	let wasConnected = false;
	let isAnswered = false;
	const end = (settle: () => void): void => {
		watch.stop();
		signal.removeEventListener('abort', giveUp);
		settle();
	};
	const fail = (error: unknown): void => {
		end(() => reject(error));
		request?.destroy();
	};
	const giveUp = (): void => fail(new GivenUp('given up'));
	const watch = openWatch(clock, fail);
	signal.addEventListener('abort', giveUp, {once: true});
	const {method, url, headers, body} = ask;
	try {
		const send = url.protocol === 'https:' ? encrypted : plain;
		request = send(url, {method, agent, headers: {...headers, 'user-agent': 'gantry'}});
	} catch (error) {
		// What a registry sent cannot be sent back as a header.
		fail(error);
		return promise;
	}
	const sent = request;
	sent.once('socket', socket => {
		watch.begin();
		wasConnected = connected.has(socket);
		if (wasConnected) watch.alive();
		else
			socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
				connected.add(socket);
				watch.alive();
			});
	});
	sent.once('response', response => {
		watch.alive();
		isAnswered = true;
		const done = (answer: Answer): void => {
			end(() => resolve(answer));
			if (!response.complete) sent.destroy();
		};
		collect(response, ask.maxBytes, watch.alive, done, fail);
	});
	sent.on('error', error => {
		const isReset = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
		const isStale = wasConnected && !isAnswered && isReset;
		fail(isStale ? new StaleConnection('stale', {cause: error}) : error);
	});
	sent.end(body);
	return promise;
};

/** The other side had closed a kept connection just when it was used again. */
class StaleConnection extends Error {}

/**
 * One request and its whole answer.
 * @throws TimeOut, TooLong, GivenUp, and what node:http and node:tls say
 */
export const exchange = async (
	ask: Ask,
	agent: Agent,
	clock: Clock,
	signal: AbortSignal,
): Promise<Answer> => {
	if (signal.aborted) throw new GivenUp('given up');
	for (let tries = 0; ; tries++) {
		try {
			return await once(ask, agent, clock, signal);
		} catch (error) {
			if (!(error instanceof StaleConnection)) throw error;
			if (tries > 4) throw error.cause;
		}
	}
};
