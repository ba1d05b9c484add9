import assert from 'node:assert/strict';
import {IncomingMessage} from 'node:http';
import {Socket} from 'node:net';
import {
	type DemoContainersOfImage,
	type DemoContext,
	DemoError,
	type DemoReply,
	type DemoRequest,
	type DemoRoute,
} from '../../source/demo/contract.ts';
import {createRandom} from '../../source/demo/random.ts';
import {createFakeClock, type FakeClock} from '../helpers/clock.ts';

export type Emitted = Parameters<DemoContext['emit']>[0];

/** What parts of the embedded engine are given in tests, and what they tell. */
export const demoContext = (): {
	readonly context: DemoContext;
	readonly clock: FakeClock;
	readonly events: readonly Emitted[];
} => {
	const clock = createFakeClock();
	const events: Emitted[] = [];
	return {clock, events, context: {clock, random: createRandom(1), emit: event => events.push(event)}};
};

export const unused: DemoContainersOfImage = () => [];

export type Call = {
	readonly method?: string;
	readonly query?: Readonly<Record<string, string>> | URLSearchParams;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly signal?: AbortSignal;
};

/** Asks routes as the server does. @returns the answer; a failure too, with its message as JSON */
export const ask = async (routes: readonly DemoRoute[], path: string, call: Call = {}): Promise<Answer> => {
	const {method = 'GET', query = {}, headers = {}, body = {}, signal = new AbortController().signal} = call;
	const request: DemoRequest = {
		method,
		path,
		apiMinor: 51,
		query: new URLSearchParams(query),
		headers,
		body: () => Promise.resolve(body),
		raw: new IncomingMessage(new Socket()),
		signal,
	};
	const route = routes.find(candidate => candidate.method === method && candidate.path.test(path));
	assert.ok(route, `no route for ${method} ${path}`);
	const parameters = (route.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
	try {
		return new Answer(await route.handle(request, parameters));
	} catch (error) {
		if (!(error instanceof DemoError)) throw error;
		return new Answer({status: error.status, json: {message: error.message}});
	}
};

/** An answer, read as a test wants it. */
export class Answer {
	readonly #reply: DemoReply;

	constructor(reply: DemoReply) {
		this.#reply = reply;
	}

	get status(): number {
		return 'status' in this.#reply ? this.#reply.status : 0;
	}

	/** Its JSON, of the shape that the test expects. */
	// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
	get json(): any {
		return 'json' in this.#reply ? this.#reply.json : undefined;
	}

	async bytes(): Promise<Buffer> {
		assert.ok('stream' in this.#reply);
		const pieces: Buffer[] = [];
		for await (const piece of this.#reply.stream) pieces.push(Buffer.from(piece));
		return Buffer.concat(pieces);
	}

	/** The lines of a stream, as they come. */
	async *lines(): AsyncGenerator<Record<string, unknown>> {
		assert.ok('stream' in this.#reply);
		for await (const piece of this.#reply.stream)
			for (const line of String(piece).trimEnd().split('\r\n')) yield JSON.parse(line);
	}
}
