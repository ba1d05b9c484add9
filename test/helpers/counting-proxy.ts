import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {request as ask, createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export type CountingProxy = AsyncDisposable & {
	/** As `-H` wants it. */
	readonly host: string;
	/** What was asked for since the last `reset`, as `GET /containers/json?all=1`: without the version prefix. */
	readonly requests: () => readonly string[];
	/** What is being answered right now, in the same form. */
	readonly open: () => readonly string[];
	readonly reset: () => void;
};

/**
 * Stands between a client and an engine on a unix socket, and keeps account. Upgrades are not let through.
 * @param answers takes a request upon itself, in the engine's place: then it is true
 */
export async function openCountingProxy(
	engineHost: string,
	answers: (from: IncomingMessage, to: ServerResponse) => boolean = () => false,
): Promise<CountingProxy> {
	const socketPath = engineHost.replace('unix://', '');
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-proxy-'));
	const open = new Set<{readonly name: string}>();
	let requests: string[] = [];

	const pass = (from: IncomingMessage, to: ServerResponse): void => {
		const call = {name: `${from.method} ${(from.url ?? '').replace(/^\/v[\d.]+(?=\/)/, '')}`};
		requests.push(call.name);
		open.add(call);
		if (answers(from, to)) {
			to.once('close', () => open.delete(call));
			return;
		}
		const {method, url: path, headers} = from;
		const upstream = ask({socketPath, method, path, headers}, answer => {
			to.writeHead(answer.statusCode ?? 500, answer.headers);
			// A stream that says nothing yet has begun all the same.
			to.flushHeaders();
			answer.pipe(to);
			answer.on('error', () => to.destroy());
		});
		upstream.on('error', () => to.destroy());
		to.on('error', () => {}).once('close', () => {
			open.delete(call);
			upstream.destroy();
		});
		from.pipe(upstream);
	};

	const server = createServer(pass);
	const path = join(folder, 'docker.sock');
	server.listen(path);
	await once(server, 'listening');
	return {
		host: `unix://${path}`,
		requests: () => requests,
		open: () => [...open].map(({name}) => name),
		reset() {
			requests = [];
		},
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
