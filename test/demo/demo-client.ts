import assert from 'node:assert/strict';
import {type IncomingHttpHeaders, type IncomingMessage, request} from 'node:http';
import type {Duplex} from 'node:stream';
import {type DemoEngine, type DemoOptions, startDemoEngine} from '../../source/demo/demo-engine.ts';
import {createFakeClock, type FakeClock} from '../helpers/clock.ts';

export type DemoAnswer = {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	/** The body as JSON, of the shape that the test expects. */
	// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
	readonly json: any;
};

/** An answer without a length: read on as it comes. */
export type DemoStream = {
	readonly headers: IncomingHttpHeaders;
	/** All that came so far. */
	readonly text: () => string;
	readonly bytes: () => Buffer;
	/** The complete lines that came so far, as JSON. */
	// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
	readonly lines: () => readonly any[];
	readonly hasEnded: () => boolean;
	readonly close: () => void;
};

export type DemoClient = {
	readonly engine: DemoEngine;
	readonly clock: FakeClock;
	readonly ask: (line: string, body?: unknown) => Promise<DemoAnswer>;
	/** The same, while time goes on. */
	readonly askWhileTimePasses: (line: string, body?: unknown) => Promise<DemoAnswer>;
	readonly open: (line: string) => Promise<DemoStream>;
	readonly hijack: (line: string, body?: unknown) => Promise<DemoStream & {readonly socket: Duplex}>;
	/** Creates and starts a container of busybox. @returns its id */
	readonly run: (name: string, command: readonly string[], more?: object) => Promise<string>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** An embedded engine on a clock of the test, and what talks to it over its socket. */
export const openDemo = async (options: Omit<DemoOptions, 'clock'> = {}): Promise<DemoClient> => {
	const clock = createFakeClock();
	const engine = await startDemoEngine({...options, clock});
	const {socketPath} = engine;
	const ask = async (line: string, body?: unknown): Promise<DemoAnswer> =>
		read(await send(socketPath, line, body));
	return {
		engine,
		clock,
		ask,
		askWhileTimePasses: async (line, body) => {
			let isSettled = false;
			const answer = ask(line, body).finally(() => {
				isSettled = true;
			});
			for (let turn = 0; turn < 2000 && !isSettled; turn += 1) await clock.advance(50);
			return answer;
		},
		open: async line => streamOf(await send(socketPath, line)),
		hijack: (line, body) => upgraded(socketPath, line, body),
		run: async (name, command, more = {}) => {
			const body = {Image: 'busybox:1.36', Cmd: command, ...more};
			const {json} = await ask(`POST /containers/create?name=${name}`, body);
			const started = await ask(`POST /containers/${name}/start`);
			assert.equal(started.status, 204, started.text);
			return json.Id;
		},
		[Symbol.asyncDispose]: engine.stop,
	};
};

/** Waits for what other turns of the event loop bring. */
export const eventually = async (holds: () => boolean, what = 'it'): Promise<void> => {
	const deadline = performance.now() + 5000;
	while (!holds()) {
		assert.ok(performance.now() < deadline, `${what} did not happen`);
		await new Promise(resolve => setImmediate(resolve));
	}
};

/** What a list of filters looks like in a query. */
export const filtersQuery = (filters: object): string =>
	`filters=${encodeURIComponent(JSON.stringify(filters))}`;

const options = (socketPath: string, line: string, body: unknown) => {
	const [method = '', path = ''] = line.split(' ');
	const headers = body === undefined ? {} : {'Content-Type': 'application/json'};
	return {socketPath, method, path, headers, agent: false as const};
};

const send = (socketPath: string, line: string, body?: unknown): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		const sent = request(options(socketPath, line, body), resolve);
		sent.once('error', reject);
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});

const read = async (response: IncomingMessage): Promise<DemoAnswer> => {
	let text = '';
	for await (const chunk of response) text += String(chunk);
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		text,
		get json() {
			return JSON.parse(text);
		},
	};
};

const collecting = (source: IncomingMessage | Duplex, headers: IncomingHttpHeaders): DemoStream => {
	const chunks: Buffer[] = [];
	let hasEnded = false;
	source.on('data', (chunk: Buffer) => chunks.push(chunk));
	source.on('error', () => {});
	source.on('close', () => {
		hasEnded = true;
	});
	const bytes = (): Buffer => Buffer.concat(chunks);
	return {
		headers,
		bytes,
		text: () => bytes().toString(),
		lines: () =>
			bytes()
				.toString()
				.split('\n')
				.slice(0, -1)
				.map(line => JSON.parse(line)),
		hasEnded: () => hasEnded,
		close: () => source.destroy(),
	};
};

const streamOf = (response: IncomingMessage): DemoStream => {
	assert.equal(response.statusCode, 200);
	return collecting(response, response.headers);
};

const upgraded = (socketPath: string, line: string, body: unknown): Promise<DemoStream & {socket: Duplex}> =>
	new Promise((resolve, reject) => {
		const wanted = options(socketPath, line, body);
		const headers = {...wanted.headers, Connection: 'Upgrade', Upgrade: 'tcp'};
		const sent = request({...wanted, headers});
		sent.once('upgrade', (response: IncomingMessage, socket: Duplex, head: Buffer) => {
			if (head.length > 0) socket.unshift(head);
			resolve({...collecting(socket, response.headers), socket});
		});
		sent.once('response', response => reject(new Error(`not upgraded: ${response.statusCode}`)));
		sent.once('error', reject);
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
