import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import {connect as connectHttp2} from 'node:http2';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Duplex} from 'node:stream';
import {after, before, beforeEach, describe, it} from 'node:test';
import {LocalFileError} from '../../source/engine/archive/local-error.ts';
import type {BuildEvent, BuildOptions} from '../../source/engine/build-types.ts';
import {buildCalls} from '../../source/engine/calls/build-calls.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-calls-'));
const socketPath = join(folder, 'engine.sock');
const client = createEngineClient([{address: 'x', source: 'x', target: {kind: 'unix', socketPath}}]);
const never = new AbortController().signal;

const options: BuildOptions = {
	dockerfile: 'docker/Prod',
	tags: ['a:1', 'b:2'],
	args: {A: '1', B: null},
	labels: {l: 'm'},
	target: 'first',
	platform: 'linux/arm64',
	isCacheless: true,
	isPulling: true,
	builder: 'auto',
};

let builder: string | undefined;
let onBuild: RequestListener = () => {};
let onSession: ((socket: Duplex) => void) | undefined;
let query = new URLSearchParams();

const server = createServer((request, response) => {
	const url = new URL(request.url ?? '', 'http://engine');
	if (url.pathname === '/_ping') {
		if (builder !== undefined) response.setHeader('Builder-Version', builder);
		response.setHeader('Api-Version', '1.41').end('OK');
	} else if (url.pathname.endsWith('/build')) {
		query = url.searchParams;
		onBuild(request, response);
	} else response.writeHead(404).end('{"message":"page not found"}');
});
server.on('upgrade', (request, socket) => {
	assert.equal(request.headers.upgrade, 'h2c');
	if (onSession === undefined) socket.end('HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n');
	else {
		socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
		onSession(socket);
	}
});

const image = '{"aux":{"ID":"sha256:1"}}\n';
const answering =
	(...lines: readonly string[]): RequestListener =>
	async (request, response) => {
		await request.toArray();
		for (const line of lines) response.write(line);
		response.end();
	};

async function* context(): AsyncGenerator<Uint8Array> {
	yield Buffer.from('a tar');
}

const build = async (
	change: Partial<BuildOptions> = {},
	archive: AsyncIterable<Uint8Array> = context(),
	signal: AbortSignal = never,
): Promise<readonly BuildEvent[]> => {
	const events: BuildEvent[] = [];
	for await (const event of buildCalls(client).buildImage(archive, {...options, ...change}, signal))
		events.push(event);
	return events;
};

before(async () => {
	server.listen(socketPath);
	await once(server, 'listening');
	await client.ping(never);
});
beforeEach(() => {
	builder = undefined;
	onSession = undefined;
	onBuild = answering(image);
});
after(async () => {
	client.transport().close();
	server.closeAllConnections();
	await new Promise(resolve => {
		server.close(resolve);
	});
	rmSync(folder, {recursive: true});
});

describe('a build', () => {
	it('asks for what was wanted, one parameter for each tag', async () => {
		await build();
		assert.deepEqual(query.getAll('t'), ['a:1', 'b:2']);
		query.delete('t');
		assert.deepEqual(Object.fromEntries(query), {
			dockerfile: 'docker/Prod',
			rm: '1',
			forcerm: '1',
			buildargs: '{"A":"1","B":null}',
			labels: '{"l":"m"}',
			target: 'first',
			platform: 'linux/arm64',
			nocache: '1',
			pull: '1',
			version: '1',
		});
	});

	it('is of the classic builder unless the engine prefers BuildKit and can be reached by it', async () => {
		assert.deepEqual((await build())[0], {type: 'builder', name: 'classic'});
		builder = '2';
		const [refused] = await build();
		assert.ok(refused?.type === 'builder' && refused.name === 'classic');
		assert.match(refused.reason ?? '', /^BuildKit cannot be reached: /);
		await assert.rejects(build({builder: 'buildkit'}), {name: 'EngineError'});
		assert.deepEqual((await build({builder: 'classic'}))[0], {type: 'builder', name: 'classic'});
	});

	it('gives BuildKit a session that lives, has no credentials, and offers nothing else', async () => {
		builder = '2';
		const answers: string[] = [];
		let sessionSocket: Duplex | undefined;
		const {promise: asked, resolve} = Promise.withResolvers<void>();
		onSession = async socket => {
			sessionSocket = socket;
			const session = connectHttp2('http://session', {createConnection: () => socket});
			for (const path of [
				'/grpc.health.v1.Health/Check',
				'/moby.filesync.v1.Auth/Credentials',
				'/moby.filesync.v1.Auth/FetchToken',
			]) {
				const stream = session.request({
					':method': 'POST',
					':path': path,
					'content-type': 'application/grpc',
				});
				let status: unknown;
				stream.on('response', headers => {
					status = headers['grpc-status'];
				});
				stream.on('trailers', trailers => {
					status = trailers['grpc-status'];
				});
				stream.end(Buffer.alloc(5));
				const body = Buffer.concat(await stream.toArray());
				answers.push(`${path} ${String(status)} ${body.toString('hex')}`);
			}
			resolve();
		};
		onBuild = async (request, response) => {
			await request.toArray();
			await asked;
			response.end(image);
		};
		const events = await build();
		assert.deepEqual(events[0], {type: 'builder', name: 'buildkit'});
		assert.equal(query.get('version'), '2');
		assert.match(query.get('session') ?? '', /^[0-9a-f]{32}$/);
		assert.deepEqual(answers, [
			'/grpc.health.v1.Health/Check 0 00000000020801',
			'/moby.filesync.v1.Auth/Credentials 0 0000000000',
			'/moby.filesync.v1.Auth/FetchToken 12 ',
		]);
		if (sessionSocket?.destroyed === false) await once(sessionSocket, 'close');
	});

	it('fails in the words of the engine, before and after it has begun', async () => {
		onBuild = async (request, response) => {
			await request.toArray();
			response.writeHead(400).end('{"message":"failed to reach build target first in Dockerfile"}');
		};
		await assert.rejects(build(), {
			kind: 'invalid',
			message: 'failed to reach build target first in Dockerfile',
		});
		onBuild = answering('{"errorDetail":{"code":3,"message":"exit code 3"},"error":"exit code 3"}\n');
		await assert.rejects(build(), {kind: 'api', message: 'exit code 3'});
	});

	it('fails with the file that could not be sent, and sends no whole context then', async () => {
		let isWhole = false;
		onBuild = (request, response) => {
			request.on('end', () => {
				isWhole = request.complete;
				response.end(image);
			});
			request.on('error', () => {});
			request.resume();
		};
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield Buffer.alloc(300_000);
			throw new LocalFileError('/src/log grew while it was read');
		}
		await assert.rejects(build({}, broken()), /\/src\/log grew while it was read/);
		assert.equal(isWhole, false);
	});

	it('is not done when the answer ends without an image, or breaks off', async () => {
		onBuild = answering('{"stream":"Step 1/2 : FROM busy:1"}\n');
		await assert.rejects(build(), {kind: 'protocol', message: 'the engine ended the build without an image'});
		onBuild = async (request, response) => {
			await request.toArray();
			response.write('{"stream":"Step 1/2 : FROM busy:1"}\n', () => response.destroy());
		};
		await assert.rejects(build(), {kind: 'unreachable'});
	});

	it('ends quietly when it is given up, and closes its connection', async () => {
		const giveUp = new AbortController();
		const {promise: isClosed, resolve} = Promise.withResolvers<void>();
		onBuild = async (request, response) => {
			response.on('close', resolve);
			await request.toArray();
			response.write('{"stream":"Step 1/2 : FROM busy:1"}\n', () => giveUp.abort());
		};
		const events = await build({}, context(), giveUp.signal);
		assert.ok(events.every(event => event.type !== 'step' || event.status === 'running'));
		await isClosed;
	});
});
