import {createServer} from 'node:http';
import {join} from 'node:path';

export type ContextCatcher = AsyncDisposable & {
	/** For `DOCKER_HOST`. */
	readonly host: string;
	/** The body of the last `POST /build`, and its query. */
	readonly caught: () => {readonly archive: Buffer; readonly query: URLSearchParams};
};

/** An engine that knows nothing but to be sent a build context: what a client sends can be looked at. */
export async function openContextCatcher(folder: string): Promise<ContextCatcher> {
	let archive: Buffer = Buffer.alloc(0);
	let query = new URLSearchParams();
	const server = createServer(async (request, response) => {
		response.setHeader('Api-Version', '1.41');
		response.setHeader('Ostype', 'linux');
		const url = new URL(request.url ?? '/', 'http://engine');
		if (url.pathname.endsWith('/build')) {
			archive = Buffer.concat(await request.toArray());
			query = url.searchParams;
			response.end('{"aux":{"ID":"sha256:0"}}\n');
		} else response.end(request.method === 'HEAD' ? undefined : 'OK');
	});
	const socket = join(folder, 'engine.sock');
	await new Promise<void>(resolve => {
		server.listen(socket, resolve);
	});
	return {
		host: `unix://${socket}`,
		caught: () => ({archive, query}),
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}
