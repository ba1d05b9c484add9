import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';

export type SlowProxy = AsyncDisposable & {
	/** `host:port` on the loopback interface, where engines allow registries without TLS. */
	readonly address: string;
	/** From now on without a brake. */
	readonly release: () => void;
};

const stepMs = 50;

/**
 * A line to a registry, or to the socket of an engine, that lets only so much through: what comes over it takes
 * its time.
 * @param target `host:port` or `unix:///path`
 */
export async function openSlowProxy(target: string, bytesPerSecond: number): Promise<SlowProxy> {
	const [host = '', port = ''] = target.split(':');
	const dial = (): Socket =>
		host === 'unix' ? connect(target.slice('unix://'.length)) : connect(Number(port), host);
	const sockets = new Set<Socket>();
	let isSlow = true;

	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		return socket.on('error', () => {}).once('close', () => sockets.delete(socket));
	};
	const trickle = async (from: Socket, to: Socket): Promise<void> => {
		for await (const chunk of from) {
			const bytes: Buffer = chunk;
			const step = isSlow ? Math.max(1, Math.floor((bytesPerSecond * stepMs) / 1000)) : bytes.length;
			for (let at = 0; at < bytes.length; at += step) {
				if (to.destroyed) return;
				to.write(bytes.subarray(at, at + step));
				if (isSlow) await delay(stepMs);
			}
		}
		to.end();
	};

	const server = createServer(client => {
		const upstream = keep(dial());
		keep(client).pipe(upstream);
		client.once('close', () => upstream.destroy());
		trickle(upstream, client).catch(() => client.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
	return {
		address: `127.0.0.1:${address.port}`,
		release: () => {
			isSlow = false;
		},
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
