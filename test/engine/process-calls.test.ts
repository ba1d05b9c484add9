import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, describe, it} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import type {ContainerId} from '../../source/engine/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-process-calls-'));
const socketPath = join(folder, 'engine.sock');
const id = 'aa' as ContainerId;
const never = new AbortController().signal;

type Answer = {readonly status?: number; readonly body?: string; readonly headers?: Record<string, string>};

const asked: string[] = [];
/** What the engine says to a method, a path and a question. */
let answer: (method: string, path: string, query: URLSearchParams) => Answer = () => ({});

const server = createServer((request, response) => {
	const {pathname, searchParams} = new URL(request.url ?? '', 'http://engine');
	asked.push(`${request.method} ${pathname} ${[...searchParams.values()].join(' ')}`.trim());
	const {status = 200, body = '', headers = {}} = answer(request.method ?? '', pathname, searchParams);
	response.writeHead(status, headers).end(body);
});

const table = (...pids: readonly string[]): Answer => ({
	body: JSON.stringify({Titles: ['PID', 'CMD'], Processes: pids.map(pid => [pid, 'x'])}),
});
const failure = (status: number, message: string): Answer => ({status, body: JSON.stringify({message})});

const open = () =>
	createEngine([{address: `unix://${socketPath}`, source: 'flag -H', target: {kind: 'unix', socketPath}}]);

const isProcps = (psArgs: string | null): boolean => psArgs?.includes('etimes') === true;

describe('what an engine is asked about processes and changes', () => {
	before(async () => {
		await new Promise<void>(resolve => server.listen(socketPath, resolve));
	});
	after(() => {
		server.close();
		server.closeAllConnections();
		rmSync(folder, {recursive: true, force: true});
	});
	beforeEach(() => {
		asked.length = 0;
	});

	it('asks for everything first, in one request', async () => {
		const engine = open();
		answer = () => table('1', '2');
		assert.equal((await engine.listProcesses(id, never)).length, 2);
		assert.deepEqual(asked, [
			'GET /containers/aa/top -ww -eo pid,ppid,user:32,pcpu,pmem,rss,stat,etimes,times,args',
		]);
		engine.close();
	});

	it('falls back to what the ps of the host takes, and remembers it', async () => {
		const engine = open();
		answer = (_method, _path, query) =>
			query.has('ps_args') ? failure(500, 'ps: unrecognized option') : table('7');
		assert.equal((await engine.listProcesses(id, never))[0]?.pid, 7);
		assert.equal(asked.length, 4);
		assert.equal((await engine.listProcesses(id, never))[0]?.pid, 7);
		assert.equal(asked.length, 5);
		engine.close();
	});

	it('takes Podman’s empty answer for a question it did not understand', async () => {
		const engine = open();
		answer = (_method, _path, query) => (query.get('ps_args')?.startsWith('pid,') ? table('1') : {});
		assert.equal((await engine.listProcesses(id, never))[0]?.pid, 1);
		assert.equal(asked.length, 2);
		engine.close();
	});

	it('finds the way back when what was understood is understood no longer', async () => {
		const engine = open();
		answer = (_method, _path, query) => (isProcps(query.get('ps_args')) ? failure(500, 'no') : table('1'));
		await engine.listProcesses(id, never);
		answer = (_method, _path, query) => (isProcps(query.get('ps_args')) ? table('2') : failure(500, 'no'));
		assert.equal((await engine.listProcesses(id, never))[0]?.pid, 2);
		engine.close();
	});

	it('does not ask again what has nothing to do with the question', async () => {
		const engine = open();
		answer = () => failure(409, 'Container aa is not running');
		await assert.rejects(engine.listProcesses(id, never), {kind: 'conflict', message: /not running/});
		answer = () => failure(404, 'No such container: aa');
		await assert.rejects(engine.listProcesses(id, never), {kind: 'not-found'});
		assert.equal(asked.length, 2);
		engine.close();
	});

	it('says what the engine said when no question is understood', async () => {
		const engine = open();
		answer = () => failure(500, 'ps: command not found');
		await assert.rejects(engine.listProcesses(id, never), {kind: 'api', message: 'ps: command not found'});
		engine.close();
	});

	it('asks for the changes and for the mounts beside them', async () => {
		const engine = open();
		answer = (_method, path) =>
			path.endsWith('/json')
				? {body: '{"Mounts": [{"Destination": "/data"}]}'}
				: {body: '[{"Path": "/data", "Kind": 1}]'};
		assert.deepEqual(await engine.containerChanges(id, never), {
			changes: [{path: '/data', kind: 'added'}],
			mountPoints: ['/data'],
		});
		answer = (_method, path) => (path.endsWith('/json') ? {body: '{}'} : {body: 'null\n'});
		assert.deepEqual(await engine.containerChanges(id, never), {changes: [], mountPoints: []});
		engine.close();
	});
});
