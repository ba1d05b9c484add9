import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, suite, test} from 'node:test';
import {registryCalls} from '../../source/engine/calls/registry-calls.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';
import type {RegistryAuth} from '../../source/engine/registry-types.ts';
import {collect} from './collect.ts';

type Asked = {readonly line: string; readonly auth: unknown; readonly body: string};

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-registry-calls-'));
const socketPath = join(folder, 'docker.sock');
let asked: Asked[] = [];
let answer: (response: ServerResponse) => void = () => {};
let version = '1.41';

const authOf = ({headers}: IncomingMessage): unknown => {
	const header = headers['x-registry-auth'];
	if (typeof header !== 'string') return undefined;
	// Go's base64.URLEncoding wants the padding.
	assert.equal(header.length % 4, 0);
	assert.match(header, /^[\w-]+=*$/);
	return JSON.parse(Buffer.from(header, 'base64url').toString());
};

const server = createServer(async (request, response) => {
	if (request.url === '/_ping') {
		response.setHeader('api-version', version).end('OK');
		return;
	}
	const body = Buffer.concat(await request.toArray()).toString();
	asked.push({line: `${request.method} ${request.url}`, auth: authOf(request), body});
	answer(response);
});

const callsFor = async (apiVersion = '1.41') => {
	version = apiVersion;
	asked = [];
	const client = createEngineClient([{address: 'x', source: 'test', target: {kind: 'unix', socketPath}}]);
	await client.ping(new AbortController().signal);
	return registryCalls(client);
};

const {signal} = new AbortController();

const says = (status: number, body: object): void => {
	answer = response => {
		response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
	};
};

const tells = (...lines: readonly object[]): void => {
	answer = response => {
		response.end(lines.map(line => `${JSON.stringify(line)}\r\n`).join(''));
	};
};

// Its base64 has a + and a / in the usual alphabet.
const account: RegistryAuth = {
	host: 'host:5000',
	credentials: {kind: 'password', username: 'anna', password: '>>>???~~~ü'},
};
const sent = {username: 'anna', password: '>>>???~~~ü', serveraddress: 'host:5000'};
const digest = `sha256:${'b'.repeat(64)}`;

before(async () => {
	server.listen(socketPath);
	await once(server, 'listening');
});

after(() => {
	server.closeAllConnections();
	server.close();
	rmSync(folder, {recursive: true, force: true});
});

suite('a login', () => {
	test('is told with its token, where the registry gave one out', async () => {
		const calls = await callsFor();
		says(200, {IdentityToken: '', Status: 'Login Succeeded'});
		assert.deepEqual(await calls.checkAuth(account, signal), {status: 'Login Succeeded'});
		assert.deepEqual(asked[0]?.line, 'POST /v1.41/auth');
		assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), sent);
		says(200, {IdentityToken: 't', Status: 'Login Succeeded'});
		const token = {kind: 'identity-token', token: 'old'} as const;
		assert.deepEqual(await calls.checkAuth({host: 'docker.io', credentials: token}, signal), {
			status: 'Login Succeeded',
			identityToken: 't',
		});
		const hub = 'https://index.docker.io/v1/';
		assert.deepEqual(JSON.parse(asked[1]?.body ?? ''), {identitytoken: 'old', serveraddress: hub});
	});

	test('that is refused is a matter of the account, whatever the status', async () => {
		const calls = await callsFor();
		const old = 'login attempt to http://host:5000/v2/ failed with status: 401 Unauthorized';
		for (const [status, message] of [
			[500, old],
			[401, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'],
		] as const) {
			says(status, {message});
			await assert.rejects(calls.checkAuth(account, signal), {kind: 'auth', message});
		}
		const message = 'Get "http://host:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused';
		says(500, {message});
		await assert.rejects(calls.checkAuth(account, signal), {kind: 'api', message});
	});
});

suite('a search', () => {
	test('asks for what was typed, and no more than that', async () => {
		const calls = await callsFor();
		says(200, [
			{name: 'nginx', description: 'Official build', star_count: 20_000, is_official: true},
			{name: 'a/nginx', star_count: 1},
		]);
		assert.deepEqual(await calls.searchImages('a&b', {limit: 5}, signal), [
			{name: 'nginx', description: 'Official build', stars: 20_000, isOfficial: true},
			{name: 'a/nginx', description: '', stars: 1, isOfficial: false},
		]);
		assert.deepEqual(asked[0], {line: 'GET /v1.41/images/search?term=a%26b&limit=5', auth: {}, body: ''});
		says(200, []);
		const options = {limit: 25, isOfficialOnly: true, minStars: 3};
		assert.deepEqual(await calls.searchImages('x', options, signal, account), []);
		const {searchParams} = new URL(`http://x${asked[1]?.line.slice('GET '.length)}`);
		assert.deepEqual(JSON.parse(searchParams.get('filters') ?? ''), {
			'is-official': ['true'],
			stars: ['3'],
		});
		assert.deepEqual(asked[1]?.auth, sent);
	});

	test('fails in the words of the engine', async () => {
		const calls = await callsFor();
		const message =
			'Get "https://index.docker.io/v1/search?q=x&n=5": dial tcp: lookup index.docker.io: no such host';
		says(500, {message});
		await assert.rejects(calls.searchImages('x', {limit: 5}, signal), {kind: 'api', message});
	});
});

suite('what a name stands for', () => {
	test('is its digest, of an index with its platforms', async () => {
		const calls = await callsFor();
		const mediaType = 'application/vnd.oci.image.index.v1+json';
		says(200, {
			Descriptor: {mediaType, digest, size: 946},
			Platforms: [
				{architecture: 'amd64', os: 'linux'},
				{architecture: 'arm64', os: 'linux', variant: 'v8'},
			],
		});
		assert.deepEqual(await calls.describeRemote('host:5000/a/b:1', signal, account), {
			digest,
			mediaType,
			sizeBytes: 946,
			platforms: ['linux/amd64', 'linux/arm64/v8'],
		});
		assert.deepEqual(asked[0], {
			line: 'GET /v1.41/distribution/host%3A5000/a/b%3A1/json',
			auth: sent,
			body: '',
		});
	});

	test('is not known where there is no such tag, or nobody may ask', async () => {
		const calls = await callsFor();
		says(404, {message: 'manifest unknown: manifest unknown'});
		await assert.rejects(calls.describeRemote('host:5000/a:1', signal), {kind: 'not-found'});
		says(500, {message: 'Head "http://host:5000/v2/a/manifests/1": no basic auth credentials'});
		await assert.rejects(calls.describeRemote('host:5000/a:1', signal), {kind: 'auth'});
	});
});

suite('a push', () => {
	// As Docker 20.10 and 28 send it.
	const begun = {status: 'The push refers to repository [host:5000/a]'};
	const layer = (id: string, status: string, progressDetail = {}) => ({status, progressDetail, id});

	test('tells of each layer, and of the digest in the end', async () => {
		const calls = await callsFor();
		tells(
			begun,
			layer('aa', 'Preparing'),
			layer('bb', 'Waiting'),
			layer('aa', 'Pushing', {current: 512, total: 1024}),
			layer('aa', 'Pushed'),
			layer('bb', 'Layer already exists'),
			layer('cc', 'Mounted from other/repository'),
			layer('dd', 'Retrying in 5 seconds'),
			{status: `1: digest: ${digest} size: 946`},
			{progressDetail: {}, aux: {Tag: '1', Digest: digest, Size: 946}},
		);
		const told = await collect(calls.pushImage('host:5000/a:1', signal, account));
		const line = (layerId: string, phase: string, status: string) => ({
			kind: 'layer',
			layerId,
			phase,
			status,
		});
		assert.deepEqual(told, [
			{kind: 'status', status: begun.status},
			line('aa', 'preparing', 'Preparing'),
			line('bb', 'waiting', 'Waiting'),
			{...line('aa', 'pushing', 'Pushing'), currentBytes: 512, totalBytes: 1024},
			line('aa', 'done', 'Pushed'),
			line('bb', 'exists', 'Layer already exists'),
			line('cc', 'exists', 'Mounted from other/repository'),
			line('dd', 'waiting', 'Retrying in 5 seconds'),
			{kind: 'status', status: `1: digest: ${digest} size: 946`},
			{kind: 'digest', digest},
		]);
		assert.deepEqual(asked[0], {line: 'POST /v1.41/images/host%3A5000/a/push?tag=1', auth: sent, body: ''});
	});

	test('always says who pushes, be it nobody', async () => {
		const calls = await callsFor();
		tells(begun);
		await collect(calls.pushImage('a:1', signal));
		assert.deepEqual(asked[0]?.auth, {});
	});

	test('is refused with its words and its meaning, though the status was 200', async () => {
		const calls = await callsFor();
		for (const [message, kind] of [
			['no basic auth credentials', 'auth'],
			['unauthorized: authentication required', 'auth'],
			['denied: requested access to the resource is denied', 'auth'],
			[
				'push access denied, repository does not exist or may require authorization: insufficient_scope',
				'auth',
			],
			['denied: adding 3 MiB of storage resource will exceed the configured upper limit of 1 GiB', 'api'],
			['tag does not exist: a:1', 'api'],
		] as const) {
			tells(begun, {errorDetail: {message}, error: message});
			await assert.rejects(collect(calls.pushImage('a:1', signal)), {kind, message});
		}
	});

	test('of one platform goes to engines that know how', async () => {
		tells(begun, {aux: {manifestPushedInsteadOfIndex: true, originalIndex: {}, selectedManifest: {}}});
		const calls = await callsFor('1.46');
		const told = await collect(calls.pushImage('a:1', signal, undefined, 'linux/arm64/v8'));
		assert.match(JSON.stringify(told.at(-1)), /not the whole index/);
		const {searchParams} = new URL(`http://x${asked[0]?.line.slice('POST '.length)}`);
		assert.deepEqual(JSON.parse(searchParams.get('platform') ?? ''), {
			os: 'linux',
			architecture: 'arm64',
			variant: 'v8',
		});
		const old = await callsFor('1.45');
		await assert.rejects(collect(old.pushImage('a:1', signal, undefined, 'linux/arm64')), {
			kind: 'unsupported',
			message: 'this engine (API 1.45) pushes no single platform',
		});
		assert.deepEqual(asked, []);
	});

	test('that is given up closes its request', async () => {
		const calls = await callsFor();
		const closed = Promise.withResolvers<void>();
		answer = response => {
			response.once('close', closed.resolve);
			response.write(`${JSON.stringify(begun)}\r\n`);
		};
		const leaving = new AbortController();
		for await (const _ of calls.pushImage('a:1', leaving.signal)) leaving.abort();
		await closed.promise;
	});
});
