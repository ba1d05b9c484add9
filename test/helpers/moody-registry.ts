import {once} from 'node:events';
import {
	request as ask,
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';

type Mood =
	| {readonly kind: 'well'; readonly bytesPerSecond?: number}
	| {readonly kind: 'refusing'; readonly status: number; readonly body: string; readonly retryAfter?: string};

export type MoodyRegistry = AsyncDisposable & {
	/** `host:port` on the loopback interface, where engines allow registries without TLS. */
	readonly address: string;
	/** How it answers from now on; what is on its way goes on at the new pace. */
	readonly feel: (mood: Mood) => void;
	/** Nothing listens any more, and every connection breaks. */
	readonly stop: () => Promise<void>;
	/** Listens again at the same address. */
	readonly start: () => Promise<void>;
	/** What is being answered right now, as `GET /v2/…`. */
	readonly open: () => readonly string[];
	/** How often manifests were asked for. */
	readonly manifestRequests: () => number;
};

const stepMs = 50;

/** Stands before a registry and answers for it: slowly, not at all, or that it has no time. */
export async function openMoodyRegistry(target: string): Promise<MoodyRegistry> {
	const [host = '', port = ''] = target.split(':');
	const open = new Set<{readonly name: string}>();
	let mood: Mood = {kind: 'well'};
	let manifests = 0;
	let server: Server | undefined;
	let listened = 0;

	const trickle = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
		for await (const chunk of from) {
			const bytes: Buffer = chunk;
			for (let at = 0; at < bytes.length; ) {
				const rate = mood.kind === 'well' ? mood.bytesPerSecond : undefined;
				const step = rate === undefined ? bytes.length : Math.max(1, Math.floor((rate * stepMs) / 1000));
				if (to.destroyed) return;
				to.write(bytes.subarray(at, at + step));
				at += step;
				if (rate !== undefined) await delay(stepMs);
			}
		}
		to.end();
	};

	const pass = (from: IncomingMessage, to: ServerResponse): void => {
		const {method, url: path = '', headers} = from;
		if (path.includes('/manifests/')) manifests += 1;
		if (mood.kind === 'refusing') {
			const {status, body, retryAfter} = mood;
			to.writeHead(status, {
				'content-type': 'application/json',
				...(retryAfter !== undefined && {'retry-after': retryAfter}),
			}).end(body);
			return;
		}
		const call = {name: `${method} ${path}`};
		open.add(call);
		const upstream = ask({host, port, method, path, headers}, answer => {
			to.writeHead(answer.statusCode ?? 500, answer.headers);
			trickle(answer, to).catch(() => to.destroy());
		});
		upstream.on('error', () => to.destroy());
		to.on('error', () => {}).once('close', () => {
			open.delete(call);
			upstream.destroy();
		});
		from.pipe(upstream);
	};

	const start = async (): Promise<void> => {
		server = createServer(pass);
		server.listen(listened, '127.0.0.1');
		await once(server, 'listening');
		listened = (server.address() as AddressInfo).port;
	};

	const stop = async (): Promise<void> => {
		if (server === undefined) return;
		const closing = server;
		server = undefined;
		closing.close();
		closing.closeAllConnections();
		await once(closing, 'close');
	};

	await start();
	return {
		address: `127.0.0.1:${listened}`,
		feel(next) {
			mood = next;
		},
		start,
		stop,
		open: () => [...open].map(({name}) => name),
		manifestRequests: () => manifests,
		[Symbol.asyncDispose]: stop,
	};
}
