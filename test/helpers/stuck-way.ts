import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';

/** A way that lets only so many bytes through from its client, and swallows the rest until it is released. */
export type StuckWay = AsyncDisposable & {
	/** `host:port` on the loopback interface, where engines allow registries without TLS. */
	readonly address: string;
	/** Resolves when nothing gets through any more. */
	readonly stuck: Promise<void>;
	/** For connections from now on. */
	readonly release: () => void;
	/** Resolves when those that were stuck have hung up; engines keep others open for later. */
	readonly idle: () => Promise<void>;
};

/** @param target `host:port` of a registry, or `unix:///path` of an engine */
export async function openStuckWay(target: string, bytes: number): Promise<StuckWay> {
	const [host = '', port = ''] = target.split(':');
	const dial = (): Socket =>
		host === 'unix' ? connect(target.slice('unix://'.length)) : connect(Number(port), host);
	const clients = new Set<Socket>();
	const swallowed = new Set<Socket>();
	const stuck = Promise.withResolvers<void>();
	let left = bytes;
	const server = createServer(client => {
		clients.add(client);
		const upstream = dial().on('error', () => client.destroy());
		upstream.pipe(client);
		client.on('error', () => {});
		client.on('data', (chunk: Buffer) => {
			left -= chunk.length;
			if (left > 0) upstream.write(chunk);
			// Swallowed, not left standing: who is not read cannot be seen to leave.
			else {
				swallowed.add(client);
				stuck.resolve();
			}
		});
		client.once('close', () => {
			clients.delete(client);
			swallowed.delete(client);
			upstream.destroy();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const at = server.address();
	if (at === null || typeof at === 'string') throw new Error('the way has no port');
	return {
		address: `127.0.0.1:${at.port}`,
		stuck: stuck.promise,
		release: () => {
			left = Number.POSITIVE_INFINITY;
		},
		idle: async () => {
			while (swallowed.size > 0) await Promise.all([...swallowed].map(client => once(client, 'close')));
		},
		[Symbol.asyncDispose]: async () => {
			for (const client of clients) client.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
