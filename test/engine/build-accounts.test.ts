import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import {type ClientHttp2Session, connect as connectHttp2} from 'node:http2';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Duplex} from 'node:stream';
import {after, before, suite, test} from 'node:test';
import {inspect} from 'node:util';
import {openBuildSession} from '../../source/engine/build/build-session.ts';
import {protoFields, protoText} from '../../source/engine/build/protobuf.ts';
import type {BuildAccounts, BuildOptions} from '../../source/engine/build-types.ts';
import {buildCalls} from '../../source/engine/calls/build-calls.ts';
import {registryCalls} from '../../source/engine/calls/registry-calls.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';
import type {RegistryAuth} from '../../source/engine/registry-types.ts';
import {collect} from './collect.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-build-accounts-'));
const socketPath = join(folder, 'engine.sock');
const client = createEngineClient([{address: 'x', source: 'x', target: {kind: 'unix', socketPath}}]);
const {signal} = new AbortController();

const secret = 'päss/word+"~';
const known: ReadonlyMap<string, RegistryAuth> = new Map<string, RegistryAuth>([
	['docker.io', {host: 'docker.io', credentials: {kind: 'identity-token', token: 't'.repeat(3000)}}],
	['r:5000', {host: 'r:5000', credentials: {kind: 'password', username: 'me', password: secret}}],
]);
const accounts: BuildAccounts = {
	all: async () => [...known.values()],
	find: async host => {
		if (host === 'broken') throw new Error(secret);
		return known.get(host === 'registry-1.docker.io' ? 'docker.io' : host);
	},
};

let headers: IncomingHttpHeaders = {};
const sessions: Duplex[] = [];
const server = createServer((request, response) => {
	headers = request.headers;
	const path = new URL(request.url ?? '', 'http://engine').pathname;
	if (path === '/_ping') response.setHeader('Api-Version', '1.41').end('OK');
	else if (path.endsWith('/auth')) response.destroy();
	else response.end('{"aux":{"ID":"sha256:1"}}\n');
});
server.on('upgrade', (_, socket) => {
	socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
	sessions.push(socket);
	server.emit('session');
});

before(async () => {
	server.listen(socketPath);
	await once(server, 'listening');
	await client.ping(signal);
});
after(async () => {
	client.transport().close();
	server.closeAllConnections();
	for (const socket of sessions) socket.destroy();
	await new Promise(resolve => {
		server.close(resolve);
	});
	rmSync(folder, {recursive: true});
});

/** As BuildKit asks. @returns the fields of the answer, or the gRPC status when it is none */
const ask = async (session: ClientHttp2Session, host: string): Promise<readonly string[] | string> => {
	const request = session.request({
		':method': 'POST',
		':path': '/moby.filesync.v1.Auth/Credentials',
		'content-type': 'application/grpc',
		te: 'trailers',
	});
	const message = protoText(1, host);
	const frame = Buffer.alloc(5);
	frame.writeUInt32BE(message.length, 1);
	let status = '';
	request.on('response', answer => {
		status = String(answer['grpc-status'] ?? status);
	});
	request.on('trailers', trailers => {
		status = String(trailers['grpc-status']);
	});
	request.end(Buffer.concat([frame, message]));
	const body = Buffer.concat(await request.toArray());
	if (status !== '0') return status;
	const found: string[] = [];
	for (const {number, value} of protoFields(body.subarray(5)))
		found[number] = typeof value === 'number' ? '' : Buffer.from(value).toString('utf8');
	return found;
};

suite('who registries are asked as in a build', () => {
	test('the classic builder is given all, Docker Hub by its old name', async () => {
		const options: BuildOptions = {
			dockerfile: 'Dockerfile',
			tags: [],
			args: {},
			labels: {},
			target: '',
			isCacheless: false,
			isPulling: false,
			builder: 'classic',
			accounts,
		};
		const context = async function* () {
			yield Buffer.from('a tar');
		};
		await collect(buildCalls(client).buildImage(context(), options, signal));
		const config = String(headers['x-registry-config']);
		assert.match(config, /^[\w=-]+$/);
		assert.deepEqual(JSON.parse(Buffer.from(config, 'base64url').toString()), {
			'https://index.docker.io/v1/': {
				identitytoken: 't'.repeat(3000),
				serveraddress: 'https://index.docker.io/v1/',
			},
			'r:5000': {username: 'me', password: secret, serveraddress: 'r:5000'},
		});
		const {accounts: _, ...nobody} = options;
		await collect(buildCalls(client).buildImage(context(), nobody, signal));
		assert.equal(headers['x-registry-config'], undefined);
	});

	test('BuildKit asks for one host at a time; what cannot be read is not told to it', async () => {
		const opened = once(server, 'session');
		const own = await openBuildSession(client, 'gantry', signal, accounts);
		await opened;
		const socket = sessions.at(-1);
		assert.ok(socket);
		const session = connectHttp2('http://engine', {createConnection: () => socket});
		assert.deepEqual(Object.values(await ask(session, 'r:5000')), ['me', secret]);
		assert.deepEqual(Object.values(await ask(session, 'registry-1.docker.io')), ['t'.repeat(3000)]);
		assert.deepEqual(await ask(session, 'other'), []);
		assert.equal(await ask(session, 'broken'), '14');
		session.destroy();
		own.close();
	});
});

test('an error of a login holds nothing of what was sent', async () => {
	const auth = {host: 'r:5000', credentials: {kind: 'password', username: 'me', password: secret}} as const;
	await assert.rejects(registryCalls(client).checkAuth(auth, signal), (error: unknown) => {
		const printed = inspect(error, {depth: 20, showHidden: true});
		assert.match(printed, /EngineError/);
		assert.doesNotMatch(printed, /p.{1,6}ss.word/u);
		assert.ok(!printed.includes(Buffer.from(secret).toString('base64').slice(0, 10)));
		return true;
	});
});
