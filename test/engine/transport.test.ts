import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {Endpoint} from '../../source/engine/endpoint-types.ts';
import {EngineError} from '../../source/engine/errors.ts';
import {createTransport} from '../../source/engine/transport.ts';
import type {ContainerId} from '../../source/engine/types.ts';
import {collect} from './collect.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-transport-'));
const socketPath = join(folder, 'engine.sock');
const at = (path: string): Endpoint => ({
	address: `unix://${path}`,
	source: 'flag -H',
	target: {kind: 'unix', socketPath: path},
});
const id = 'aa' as ContainerId;
const never = new AbortController().signal;

/** What the server does with the next requests, by path without the query. */
const routes = new Map<string, RequestListener>();
const asked: string[] = [];
let openConnections = 0;

const server = createServer((request, response) => {
	asked.push(`${request.method} ${request.url}`);
	const route = routes.get(request.url?.split('?')[0] ?? '');
	if (route === undefined) response.writeHead(404).end('{"message":"page not found"}');
	else route(request, response);
});
server.on('connection', socket => {
	openConnections++;
	socket.on('close', () => openConnections--);
});

const answer = (body: string, status = 200): RequestListener => {
	return (_, response) => response.writeHead(status).end(body);
};

/** Waits for a condition of the server, which learns of a closed connection a little later. */
const until = async (condition: () => boolean) => {
	for (let tries = 0; tries < 200 && !condition(); tries++) await sleep(5);
	assert.ok(condition());
};

describe('an engine that misbehaves', () => {
	const engine = createEngine([at(socketPath)]);
	const warnings: string[] = [];
	const onWarning = (warning: Error) => warnings.push(warning.message);

	before(async () => {
		process.on('warning', onWarning);
		routes.set('/_ping', (_, response) => response.setHeader('Api-Version', '1.44').end('OK'));
		routes.set('/info', answer('{}'));
		await new Promise<void>(resolve => server.listen(socketPath, resolve));
	});
	after(() => {
		engine.close();
		server.closeAllConnections();
		server.close();
		rmSync(folder, {recursive: true});
		process.off('warning', onWarning);
		assert.deepEqual(warnings, []);
	});

	test('the version is negotiated and put before every path; the clock is the engine’s', async () => {
		routes.set('/_ping', (_, response) => {
			response.writeHead(200, {'Api-Version': '1.60', Date: 'Sun, 22 Nov 2026 00:24:50 GMT'}).end('OK');
		});
		routes.set('/v1.51/info', answer('{"Name":"n"}'));
		routes.set('/v1.51/version', answer('{"Version":"30.0"}'));
		const {info, engineTime} = await engine.connect(never);
		assert.deepEqual([info.apiVersion, info.version, info.name], ['1.51', '30.0', 'n']);
		assert.equal(engineTime, Date.parse('2026-11-22T00:24:50Z'));
	});

	test('lists may be null, malformed JSON and the wrong shape are protocol errors', async () => {
		routes.set('/v1.51/containers/json', answer('null\n'));
		assert.deepEqual(await engine.listContainers(never), []);
		routes.set('/v1.51/containers/json', answer('[{"Id":"a"'));
		await assert.rejects(engine.listContainers(never), {kind: 'protocol', message: /not JSON/});
		routes.set('/v1.51/containers/json', answer('{"a":1}'));
		await assert.rejects(engine.listContainers(never), {kind: 'protocol', message: /not a list/});
	});

	test('an error keeps the engine’s words', async () => {
		routes.set(
			'/v1.51/containers/aa/start',
			answer('{"message":"driver failed: port is already allocated"}', 500),
		);
		await assert.rejects(engine.startContainer(id, never), {
			kind: 'api',
			message: 'driver failed: port is already allocated',
			facts: {status: 500, operation: 'start container'},
		});
	});

	test('304 is done; 404 of an inspect is nothing; an empty id is never sent', async () => {
		routes.set('/v1.51/containers/aa/stop', answer('', 304));
		await engine.stopContainer(id, never);
		assert.equal(await engine.inspectContainer(id, never), undefined);
		asked.length = 0;
		await assert.rejects(engine.stopContainer('' as ContainerId, never), {kind: 'invalid'});
		await assert.rejects(engine.inspectContainer('' as ContainerId, never), {kind: 'invalid'});
		await assert.rejects(collect(engine.statsStream('' as ContainerId, never)), {kind: 'invalid'});
		assert.deepEqual(asked, []);
	});

	test('a body cut off before its end is a broken connection', async () => {
		routes.set('/v1.51/images/json', (_, response) => {
			response.writeHead(200, {'Content-Length': '100'}).write('[{"Id":"a"}');
			setImmediate(() => response.destroy());
		});
		await assert.rejects(engine.listImages(never), {kind: 'unreachable'});
		routes.set('/v1.51/images/json', (_, response) => {
			response.write('[');
			setImmediate(() => response.destroy());
		});
		await assert.rejects(engine.listImages(never), {kind: 'unreachable'});
	});

	test('a connection reset in the middle of a stream throws after what came', async () => {
		routes.set('/v1.51/events', (_, response) => {
			response.write(
				'{"Type":"container","Action":"die","Actor":{"ID":"aa"},"time":1,"timeNano":1}\n{"Type":"cont',
			);
			setTimeout(() => response.destroy(), 20);
		});
		const seen: string[] = [];
		let isOpen = false;
		await assert.rejects(
			async () => {
				for await (const event of engine.events({since: 1500, onOpen: () => (isOpen = true)}, never)) {
					seen.push(event.action);
				}
			},
			{kind: 'unreachable'},
		);
		assert.deepEqual([seen, isOpen], [['die'], true]);
		assert.ok(asked.at(-1)?.includes('since=1.500000000'));
	});

	test('a stream that the engine ends, ends; bad lines are passed over, a last line needs no end', async () => {
		const line = (action: string) => `{"Type":"image","Action":"${action}","time":1}`;
		routes.set('/v1.51/events', answer(`${line('tag')}\nnot json\n{}\n${line('untag')}`));
		const events = await collect(engine.events({since: 0}, never));
		assert.deepEqual(
			events.map(event => event.action),
			['tag', 'untag'],
		);
	});

	test('a stream that is given up ends quietly and closes its connection', async () => {
		routes.set('/v1.51/events', (_, response) => response.writeHead(200).flushHeaders());
		routes.set('/v1.51/containers/aa/logs', () => {});
		const scope = new AbortController();
		const before = openConnections;
		const reading = Promise.all([
			collect(engine.events({since: 0}, scope.signal)),
			collect(engine.logs(id, {tail: 1, follow: true, isTty: false}, scope.signal)),
		]);
		await until(() => openConnections >= before + 2);
		scope.abort();
		assert.deepEqual(await reading, [[], []]);
		await until(() => openConnections <= before);
		assert.deepEqual(await collect(engine.events({since: 0}, scope.signal)), []);
	});

	test('leaving a stream closes its connection', async () => {
		routes.set('/v1.51/containers/aa/stats', (_, response) => {
			response.write('{"read":"2026-01-01T00:00:00Z","pids_stats":{"current":3}}\n');
		});
		const before = openConnections;
		for await (const counters of engine.statsStream(id, never)) {
			assert.equal(counters.pids, 3);
			break;
		}
		await until(() => openConnections <= before);
	});

	test('a call that is given up says so', async () => {
		routes.set('/v1.51/containers/aa/restart', () => {});
		const scope = new AbortController();
		const call = engine.restartContainer(id, scope.signal);
		setTimeout(() => scope.abort(), 10);
		await assert.rejects(call, {kind: 'aborted'});
		await assert.rejects(engine.restartContainer(id, scope.signal), {kind: 'aborted'});
	});

	test('a server that hangs is given up after the limit, before the headers and inside the body', async () => {
		const transport = createTransport({kind: 'unix', socketPath});
		routes.set('/hang', () => {});
		routes.set('/trickle', (_, response) => response.write('['));
		const request = {operation: 'list', limitMs: 30};
		await assert.rejects(transport.call({...request, path: '/hang'}, never), {
			kind: 'unreachable',
			message: 'no answer within 0.03 s',
		});
		await assert.rejects(transport.call({...request, path: '/trickle'}, never), {kind: 'unreachable'});
		await assert.rejects(transport.open({...request, path: '/hang'}, never), {kind: 'unreachable'});
		transport.close();
		await assert.rejects(transport.call({...request, path: '/hang'}, never), {kind: 'aborted'});
	});

	test('slow calls and streams do not hold up the short ones; many at once warn of nothing', async () => {
		routes.set('/v1.51/containers/aa/stop', () => {});
		routes.set('/v1.51/containers/json', answer('[]'));
		const scope = new AbortController();
		const stops = Array.from({length: 20}, () => engine.stopContainer(id, scope.signal));
		const lists = await Promise.all(Array.from({length: 40}, () => engine.listContainers(scope.signal)));
		assert.equal(lists.length, 40);
		scope.abort();
		const results = await Promise.allSettled(stops);
		assert.ok(results.every(result => result.status === 'rejected'));
	});

	test('an error inside a pull throws after the progress; queries are encoded', async () => {
		routes.set('/v1.51/images/create', (request, response) => {
			assert.equal(request.headers['x-registry-auth'], 'e30=');
			response.end(
				'{"status":"Waiting","id":"aa"}\n{"errorDetail":{"message":"no space left"},"error":"no space left"}\n',
			);
		});
		const phases: string[] = [];
		await assert.rejects(
			async () => {
				for await (const each of engine.pullImage('h:5000/a:1', never)) phases.push(each.kind);
			},
			{kind: 'api', message: 'no space left'},
		);
		assert.deepEqual(phases, ['layer']);
		assert.equal(asked.at(-1), 'POST /v1.51/images/create?fromImage=h%3A5000%2Fa&tag=1');
	});

	test('prune asks with filters as JSON', async () => {
		routes.set('/v1.51/images/prune', answer('{"ImagesDeleted":null,"SpaceReclaimed":0}'));
		assert.deepEqual(await engine.pruneImages('unused', never), {removed: [], reclaimedBytes: 0});
		assert.equal(
			decodeURIComponent(asked.at(-1) ?? ''),
			'POST /v1.51/images/prune?filters={"dangling":["false"]}',
		);
	});

	test('an exec without a session is the engine’s error', async () => {
		routes.set('/v1.51/containers/aa/exec', answer('{"message":"container aa is paused"}', 409));
		const options = {command: ['sh'], columns: 80, rows: 24};
		await assert.rejects(engine.exec(id, options, never), {
			kind: 'conflict',
			message: 'container aa is paused',
		});
		routes.set('/v1.51/containers/aa/exec', answer('{"Id":"e1"}', 201));
		routes.set('/v1.51/exec/e1/start', answer('{"message":"no such exec"}', 404));
		await assert.rejects(engine.exec(id, options, never), {kind: 'not-found'});
		routes.set('/v1.51/exec/e1/start', answer('hello'));
		await assert.rejects(engine.exec(id, options, never), {kind: 'protocol'});
	});

	test('the environment does not win over the endpoint', async () => {
		const names = ['DOCKER_HOST', 'DOCKER_CERT_PATH'] as const;
		const saved = names.map(name => process.env[name]);
		process.env.DOCKER_HOST = 'tcp://127.0.0.1:1';
		process.env.DOCKER_CERT_PATH = join(folder, 'none');
		try {
			const other = createEngine([at(socketPath)]);
			await other.ping(never);
			other.close();
			assert.equal(process.env.DOCKER_HOST, 'tcp://127.0.0.1:1');
		} finally {
			for (const [index, name] of names.entries()) {
				const value = saved[index];
				if (value === undefined) delete process.env[name];
				else process.env[name] = value;
			}
		}
	});

	test('tcp, with a base path before the version', async () => {
		const proxy = createServer((request, response) => {
			if (request.url === '/base/_ping') response.setHeader('Api-Version', '1.44').end('OK');
			else response.end(JSON.stringify([{Id: request.url}]));
		});
		await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
		const address = proxy.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const choice = resolveEndpoint({
			host: `tcp://127.0.0.1:${port}/base`,
			env: {},
			home: '/',
			readFile: () => undefined,
		});
		const remote = createEngine(choice.candidates);
		try {
			await remote.ping(never);
			assert.equal((await remote.listContainers(never))[0]?.id, '/base/v1.44/containers/json?all=true');
		} finally {
			remote.close();
			proxy.close();
		}
	});

	test('the first socket that answers is taken; when none does, all are named', async () => {
		const [dead, gone] = [at(join(folder, 'dead.sock')), at(join(folder, 'gone.sock'))];
		const found = createEngine([dead, at(socketPath), gone]);
		const none = createEngine([dead, gone]);
		try {
			await found.ping(never);
			assert.equal(found.place().address, `unix://${socketPath}`);
			await assert.rejects(none.ping(never), error => {
				assert.ok(error instanceof EngineError);
				assert.equal(error.kind, 'unreachable');
				assert.deepEqual(
					error.facts.attempts?.map(({address, message}) => [address, message.slice(0, 15)]),
					[dead, gone].map(({address}) => [address, 'no socket there']),
				);
				return true;
			});
		} finally {
			found.close();
			none.close();
		}
	});
});
