import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, suite, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import {LocalFileError} from '../../source/engine/archive/local-error.ts';
import {archiveCalls} from '../../source/engine/calls/archive-calls.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';
import {pullProgress} from '../../source/engine/pull.ts';
import {collect} from './collect.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-archives-'));
const socketPath = join(folder, 'docker.sock');
const asked: string[] = [];
let answer: Answer = () => {};
let version = '1.41';

const server = createServer(async (request, response) => {
	if (request.url === '/_ping') {
		response.setHeader('api-version', version).end('OK');
		return;
	}
	try {
		const body = Buffer.concat(await request.toArray());
		asked.push(`${request.method} ${request.url}`);
		answer(request, response, body);
	} catch {
		// The sender gave up.
	}
});

const clientFor = async (apiVersion: string) => {
	version = apiVersion;
	asked.length = 0;
	const client = createEngineClient([{address: 'x', source: 'test', target: {kind: 'unix', socketPath}}]);
	await client.ping(new AbortController().signal);
	return client;
};

const {signal} = new AbortController();

async function* chunksOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
	yield* chunks;
}

const lines = (...all: readonly object[]): string => all.map(each => `${JSON.stringify(each)}\r\n`).join('');

before(async () => {
	server.listen(socketPath);
	await once(server, 'listening');
});

after(() => {
	server.closeAllConnections();
	server.close();
	rmSync(folder, {recursive: true, force: true});
});

suite('images that are saved', () => {
	const end = Buffer.alloc(1024);

	test('come as they are, asked for by reference', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		answer = (_, response) => response.end(Buffer.concat([Buffer.from('tar'), end]));
		const chunks = await collect(calls.saveImages(['host:5000/a/b:1'], signal));
		assert.equal(Buffer.concat(chunks).length, 1027);
		await collect(calls.saveImages(['a:1', 'sha256:ff'], signal));
		assert.deepEqual(asked, [
			'GET /v1.41/images/host%3A5000/a/b%3A1/get',
			'GET /v1.41/images/get?names=a%3A1&names=sha256%3Aff',
		]);
	});

	test('come the same in memory that is lent, and fail in the same words', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		const lent = async (reference: string) => {
			const parts: Buffer[] = [];
			for await (const chunk of calls.saveImages([reference], signal, {isLent: true}))
				parts.push(Buffer.from(chunk));
			return Buffer.concat(parts);
		};
		const content = Buffer.concat([Buffer.from('tar'.repeat(300_000)), end]);
		answer = (_, response) => response.end(content);
		assert.ok((await lent('host:5000/a/b:1')).equals(content));
		assert.deepEqual(asked, ['GET /v1.41/images/host%3A5000/a/b%3A1/get']);
		answer = (_, response) =>
			response.end(`${'x'.repeat(300_000)}${lines({errorDetail: {message: 'disk full'}})}`);
		await assert.rejects(lent('a:1'), {kind: 'api', message: 'disk full'});
		answer = (_, response) => response.end('x'.repeat(20_000));
		await assert.rejects(lent('a:1'), /broke off before the end/);
		answer = (_, response) => response.writeHead(404).end('{"message":"No such image: a:1"}');
		await assert.rejects(lent('a:1'), {kind: 'not-found', message: 'No such image: a:1'});
		answer = (_, response) => {
			response.write('x'.repeat(200_000));
			setImmediate(() => response.destroy());
		};
		await assert.rejects(lent('a:1'), {kind: 'unreachable'});
	});

	test('are no archive when the engine breaks off in the middle, which it says behind the bytes', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		answer = (_, response) =>
			response.end(
				`${'x'.repeat(20_000)}${lines({errorDetail: {message: 'disk full ü'}, error: 'disk full ü'})}`,
			);
		await assert.rejects(collect(calls.saveImages(['a:1'], signal)), {kind: 'api', message: 'disk full ü'});
		answer = (_, response) => response.end('x'.repeat(20_000));
		await assert.rejects(collect(calls.saveImages(['a:1'], signal)), /broke off before the end/);
		answer = (_, response) => response.end();
		await assert.rejects(collect(calls.saveImages(['a:1'], signal)), /broke off before the end/);
	});

	test('end quietly when they are given up', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		const leaving = new AbortController();
		answer = (_, response) => response.write('x'.repeat(100_000));
		const got: number[] = [];
		for await (const chunk of calls.saveImages(['a:1'], leaving.signal)) {
			got.push(chunk.length);
			leaving.abort();
		}
		assert.ok(got.length > 0);
	});
});

suite('an archive that is loaded', () => {
	test('names what came of it', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		answer = (_, response, body) =>
			response.end(
				lines(
					{status: 'Loading layer', id: 'abc', progressDetail: {current: 1, total: 2}},
					{stream: 'The image a:1 already exists, renaming the old one with ID sha256:ff to empty string\n'},
					{stream: `Loaded image: a:${body.length}\n`},
					{stream: 'Loaded image ID: sha256:ff\n'},
				),
			);
		assert.deepEqual(await collect(calls.loadImages(chunksOf(Buffer.from('four')), signal)), [
			{kind: 'waiting', status: 'the engine unpacks the layers'},
			{
				kind: 'status',
				status: 'The image a:1 already exists, renaming the old one with ID sha256:ff to empty string',
			},
			{kind: 'result', names: ['a:4']},
			{kind: 'result', names: ['sha256:ff']},
		]);
		assert.deepEqual(asked, ['POST /v1.41/images/load?quiet=0']);
	});

	test('fails in the words of the engine, though the status was 200', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		answer = (_, response) => response.end(lines({errorDetail: {message: 'no such manifest'}, error: 'x'}));
		await assert.rejects(collect(calls.loadImages(chunksOf(Buffer.from('x')), signal)), {
			kind: 'api',
			message: 'no such manifest',
		});
	});

	test('fails with the words of this machine when it cannot be read', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		const broken = async function* () {
			yield Buffer.from('x');
			throw new LocalFileError('x.tar: the disk does not answer right');
		};
		await assert.rejects(collect(calls.loadImages(broken(), signal)), {
			message: 'x.tar: the disk does not answer right',
		});
	});

	test('comes unpacked to an engine that does not know zstd, and as it is to one that does', async () => {
		const packed = zstdCompressSync(Buffer.alloc(300_000, 'tar'));
		let got: Buffer = Buffer.alloc(0);
		answer = (_, response, body) => {
			got = body;
			response.end();
		};
		const pieces = () => chunksOf(packed.subarray(0, 2), packed.subarray(2));
		await collect(archiveCalls(await clientFor('1.41')).loadImages(pieces(), signal));
		assert.deepEqual(got, Buffer.alloc(300_000, 'tar'));
		await collect(archiveCalls(await clientFor('1.42')).loadImages(pieces(), signal));
		assert.deepEqual(got, packed);
		await assert.rejects(
			collect(archiveCalls(await clientFor('1.41')).loadImages(chunksOf(packed.subarray(0, 9)), signal)),
			/damaged or cut short/,
		);
		await collect(archiveCalls(await clientFor('1.41')).loadImages(chunksOf(Buffer.from('x')), signal));
		assert.equal(got.toString(), 'x');
	});
});

suite('a root file system that is imported', () => {
	const options = {reference: 'host:5/a:1', changes: ['CMD ["a&b"]', 'ENV A=b'], message: 'x y'};

	test('carries its changes one by one, and results in an id', async () => {
		const calls = archiveCalls(await clientFor('1.41'));
		const id = `sha256:${'f'.repeat(64)}`;
		answer = (_, response) => response.end(lines({status: id}));
		const wanted = {...options, platform: 'linux/arm64'};
		const told = await collect(calls.importImage(chunksOf(Buffer.from('x')), wanted, signal));
		assert.deepEqual(told, [{kind: 'result', names: [id]}]);
		const query = new URL(`http://x${asked[0]?.slice('POST '.length)}`).searchParams;
		assert.deepEqual(
			[...query].map(pair => pair.join('=')),
			[
				'fromSrc=-',
				'repo=host:5/a',
				'tag=1',
				'message=x y',
				'changes=CMD ["a&b"]',
				'changes=ENV A=b',
				'platform=linux/arm64',
			],
		);
	});

	test('is refused where the engine would not listen to the platform', async () => {
		const client = await clientFor('1.30');
		assert.throws(
			() => archiveCalls(client).importImage(chunksOf(), {...options, platform: 'linux/arm64'}, signal),
			{kind: 'unsupported', message: 'this engine (API 1.30) takes no platform'},
		);
	});
});

suite('a pull', () => {
	const answers = lines(
		{status: 'Pulling from t/img', id: '1.0'},
		{status: 'Digest: sha256:aa'},
		{status: 'Pulling from t/img', id: 'edge'},
		{status: 'Digest: sha256:bb'},
		{status: 'Status: Downloaded newer image for t/img'},
	);

	test('of all tags is asked for without one, and names each when it is here', async () => {
		const client = await clientFor('1.41');
		answer = (_, response) => response.end(answers);
		const told = await collect(pullProgress(client, 'h:5/t/img', signal, {isAllTags: true}));
		assert.deepEqual(
			told.flatMap(item => (item.kind === 'result' ? item.names : [])),
			['h:5/t/img:1.0', 'h:5/t/img:edge'],
		);
		assert.match(asked[0] ?? '', /fromImage=h%3A5%2Ft%2Fimg$/);
	});

	test('carries its platform, and none by itself', async () => {
		const client = await clientFor('1.41');
		answer = (_, response) => response.end(answers);
		const told = await collect(pullProgress(client, 'a:1', signal, {platform: 'linux/arm64'}));
		assert.ok(told.every(({kind}) => kind !== 'result'));
		await collect(pullProgress(client, 'a:1', signal));
		assert.deepEqual(asked, [
			'POST /v1.41/images/create?fromImage=a&tag=1&platform=linux%2Farm64',
			'POST /v1.41/images/create?fromImage=a&tag=1',
		]);
		await assert.rejects(
			collect(pullProgress(await clientFor('1.31'), 'a:1', signal, {platform: 'linux/arm64'})),
			{kind: 'unsupported'},
		);
	});
});
