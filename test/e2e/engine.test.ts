import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {after, before, describe, test} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {resolveEndpoint} from '../../source/engine/endpoint.ts';
import type {Engine} from '../../source/engine/engine.ts';
import type {RunSpec} from '../../source/engine/run-types.ts';
import type {ExecSession} from '../../source/engine/session-types.ts';
import type {ContainerId, EngineEvent} from '../../source/engine/types.ts';
import {collect} from '../engine/collect.ts';

const host = process.env.GANTRY_TEST_HOST ?? '';
const image = process.env.GANTRY_TEST_IMAGE ?? 'gantry-test/busy:1';
const run = `gantry-engine-${process.pid}`;
const never = new AbortController().signal;

const docker = (...args: readonly string[]): string =>
	execFileSync('docker', ['--host', host, ...args], {encoding: 'utf8'}).trim();

const connectTo = (named: string): Engine => {
	const {candidates} = resolveEndpoint({host: named, env: {}, home: '/', readFile: () => undefined});
	return createEngine(candidates);
};

const specOf = (name: string, script: string, more: Partial<RunSpec> = {}): RunSpec => ({
	image,
	name: `${run}-${name}`,
	command: ['sh', '-c', script],
	ports: [],
	env: [],
	volumes: [],
	isTty: false,
	isInteractive: false,
	isAutoRemove: false,
	network: 'none',
	...more,
});

describe('a real engine', {skip: host === '' && 'GANTRY_TEST_HOST is not set', timeout: 120_000}, () => {
	let engine: Engine;
	const made: ContainerId[] = [];

	const create = async (name: string, script: string, more: Partial<RunSpec> = {}): Promise<ContainerId> => {
		const {id} = await engine.createContainer(specOf(name, script, more), never);
		made.push(id);
		return id;
	};
	const start = async (...args: Parameters<typeof create>): Promise<ContainerId> => {
		const id = await create(...args);
		await engine.startContainer(id, never);
		return id;
	};
	const stateOf = async (id: ContainerId) => (await engine.inspectContainer(id, never))?.state;

	before(async () => {
		engine = connectTo(host);
		await engine.connect(never);
	});
	after(async () => {
		await Promise.allSettled(made.map(id => engine.removeContainer(id, {force: true, volumes: true}, never)));
		engine.close();
	});

	test('connects and says what it is', async () => {
		const {info, engineTime} = await engine.connect(never);
		assert.match(info.apiVersion, /^1\.\d+$/);
		assert.equal(info.version, docker('version', '--format', '{{.Server.Version}}'));
		assert.ok(info.cpus > 0 && info.memoryBytes > 0);
		assert.ok(Math.abs(engineTime - Date.now()) < 60_000);
		await engine.ping(never);
	});

	test('a dead socket is unreachable', async () => {
		const dead = connectTo('unix:///nonexistent/engine.sock');
		await assert.rejects(dead.connect(never), {kind: 'unreachable'});
		dead.close();
	});

	test('lists what docker lists', async () => {
		const id = await start('listed', 'sleep 60', {env: ['A=b']});
		const containers = await engine.listContainers(never);
		const ids = docker('ps', '-aq', '--no-trunc').split('\n');
		assert.ok(ids.includes(id));
		const listed = containers.find(container => container.id === id);
		assert.deepEqual([listed?.name, listed?.state, listed?.image], [`${run}-listed`, 'running', image]);
		const inspected = await engine.inspectContainer(id, never);
		assert.deepEqual(
			[inspected?.createdAt, inspected?.command, inspected?.imageId],
			[listed?.createdAt, listed?.command, listed?.imageId],
		);
		const images = await engine.listImages(never);
		assert.ok(images.some(each => each.tags.some(tag => tag === image || tag.endsWith(`/${image}`))));
		assert.deepEqual(
			((await engine.inspectRaw('container', id, never)) as {Config: {Env: string[]}}).Config.Env[0],
			'A=b',
		);
	});

	test('a life: create, start, pause, stop, restart, rename, kill, remove; each as docker sees it', async () => {
		const id = await create('life', 'trap "exit 3" TERM; while :; do sleep 0.1; done');
		const seenByDocker = () => docker('inspect', '--format', '{{.State.Status}}', id);
		assert.equal(seenByDocker(), 'created');
		await engine.startContainer(id, never);
		assert.equal(seenByDocker(), 'running');
		await engine.startContainer(id, never);
		await engine.pauseContainer(id, never);
		assert.deepEqual([seenByDocker(), await stateOf(id)], ['paused', 'paused']);
		await assert.rejects(engine.pauseContainer(id, never), {kind: 'conflict'});
		await engine.unpauseContainer(id, never);
		await engine.stopContainer(id, never);
		const stopped = await engine.inspectContainer(id, never);
		assert.deepEqual([stopped?.state, stopped?.exitCode, stopped?.details?.exitCode], ['exited', 3, 3]);
		await engine.stopContainer(id, never);
		await engine.restartContainer(id, never);
		assert.equal(seenByDocker(), 'running');
		await engine.renameContainer(id, `${run}-renamed`, never);
		assert.equal(docker('inspect', '--format', '{{.Name}}', id), `/${run}-renamed`);
		await assert.rejects(engine.killContainer(id, 'NOSUCHSIGNAL', never), error => error instanceof Error);
		await assert.rejects(engine.removeContainer(id, {force: false, volumes: false}, never), error => {
			assert.ok(error instanceof Error);
			assert.match(error.message, /running/);
			return true;
		});
		await engine.killContainer(id, 'SIGKILL', never);
		docker('wait', id);
		assert.equal((await engine.inspectContainer(id, never))?.exitCode, 137);
		await engine.removeContainer(id, {force: false, volumes: true}, never);
		assert.equal(await engine.inspectContainer(id, never), undefined);
		await assert.rejects(engine.startContainer(id, never), {kind: 'not-found'});
	});

	test('a name that is taken and an image that is not there are refused in the engine’s words', async () => {
		await create('taken', 'true');
		await assert.rejects(create('taken', 'true'), {kind: 'conflict', message: /already in use/});
		await assert.rejects(create('imageless', 'true', {image: `${run}:none`}), {kind: 'not-found'});
	});

	test('a run with everything', async () => {
		const id = await create('full', 'true', {
			ports: [{containerPort: 80, protocol: 'tcp', hostPort: 48080, hostIp: '127.0.0.1'}],
			volumes: [{target: '/cache', isReadOnly: false}],
			restart: {name: 'on-failure', maximumRetryCount: 2},
			isTty: true,
			isInteractive: true,
			memoryBytes: 64 * 1024 * 1024,
			cpus: 0.5,
		});
		const [config] = JSON.parse(docker('inspect', id));
		assert.deepEqual(config.HostConfig.PortBindings, {'80/tcp': [{HostIp: '127.0.0.1', HostPort: '48080'}]});
		assert.deepEqual(config.HostConfig.RestartPolicy, {Name: 'on-failure', MaximumRetryCount: 2});
		assert.deepEqual([config.HostConfig.Memory, config.HostConfig.NanoCpus], [64 * 1024 * 1024, 500_000_000]);
		assert.deepEqual([config.Config.Tty, config.Config.OpenStdin], [true, true]);
		assert.deepEqual(Object.keys(config.Config.Volumes), ['/cache']);
	});

	test('events: what docker does outside is seen, with the engine’s clock', async () => {
		const scope = new AbortController();
		const {engineTime} = await engine.connect(never);
		const name = `${run}-outside`;
		const actions: string[] = [];
		let last: EngineEvent | undefined;
		const opened = Promise.withResolvers<void>();
		const reading = (async () => {
			const events = engine.events({since: engineTime - 2000, onOpen: opened.resolve}, scope.signal);
			for await (const event of events) {
				if (event.attributes.name !== name) continue;
				actions.push(event.action);
				last = event;
				if (event.action === 'destroy') scope.abort();
			}
		})();
		await opened.promise;
		docker('run', '--rm', '--network', 'none', '--name', name, image, 'sh', '-c', 'true');
		await reading;
		assert.deepEqual(
			actions.filter(action => action !== 'attach'),
			['create', 'start', 'die', 'destroy'],
		);
		assert.match(last?.timeNano ?? '', /^\d{19}$/);
	});

	for (const isTty of [false, true]) {
		test(`logs ${isTty ? 'of a terminal' : 'in frames'}: long lines whole, both sources, follow to the end`, async () => {
			const script =
				'echo "grüße 日本"; head -c 40000 /dev/zero | tr "\\0" x; echo; echo bad >&2; sleep 0.5; echo end';
			const id = await start(isTty ? 'log-tty' : 'log', script, {isTty});
			const lines = (await collect(engine.logs(id, {tail: 100, follow: true, isTty}, never))).flat();
			// The outputs are not told in exact order: a word of one may stand between two pieces of a line of the other.
			const bySource = Object.values(Object.groupBy(lines, line => line.source)).flat();
			const whole = bySource.map(line => (line.isPiece ? line.text : `${line.text}\n`)).join('');
			const texts = whole.trimEnd().split('\n').sort();
			assert.deepEqual(texts, ['bad', 'end', 'grüße 日本', 'x'.repeat(40_000)]);
			assert.ok(lines.every(line => /^\d{4}-.*T.*Z$/.test(line.stamp)));
			const sources = new Set(lines.map(line => line.source));
			assert.equal(sources.has('stderr'), !isTty);
			const last = (await collect(engine.logs(id, {tail: 1, follow: false, isTty}, never))).flat();
			assert.equal(last[0]?.text.trimEnd(), 'end');
			const since = last[0]?.stamp ?? '';
			const again = (await collect(engine.logs(id, {tail: 100, follow: false, isTty, since}, never))).flat();
			assert.deepEqual(again, last);
		});
	}

	describe('a shell', () => {
		const decode = async (
			session: ExecSession,
			onText: (text: string) => void = () => {},
		): Promise<string> => {
			const decoder = new TextDecoder();
			let text = '';
			for await (const chunk of session.output) {
				text += decoder.decode(chunk, {stream: true});
				onText(text);
			}
			return text;
		};

		test('has its size from the start, follows a resize, gives its exit code', async () => {
			const id = await start('shell', 'sleep 60');
			const session = await engine.exec(id, {command: ['sh'], columns: 111, rows: 33}, never);
			let isResized = false;
			session.write('stty size\n');
			const text = await decode(session, seen => {
				if (isResized || !seen.includes('33 111')) return;
				isResized = true;
				session.resize(77, 22).then(() => session.write('stty size; echo "$TERM"; exit 7\n'), assert.ifError);
			});
			assert.match(text, /22 77/);
			assert.match(text, /xterm-256color/);
			assert.deepEqual(await session.result(), {exitCode: 7, isRunning: false});
		});

		test('ctrl-p reaches the program at once', async () => {
			const id = await start('keys', 'sleep 60');
			const command = ['sh', '-c', 'stty raw -echo; echo ready; dd bs=1 count=1 2>/dev/null | od -An -tx1'];
			const session = await engine.exec(id, {command, columns: 80, rows: 24}, never);
			let isSent = false;
			const text = await decode(session, seen => {
				if (!isSent && seen.includes('ready')) session.write('\x10');
				isSent ||= seen.includes('ready');
			});
			assert.match(text, /10/);
		});

		test('a program that is not there says so and ends with 126 or 127', async () => {
			const id = await start('missing', 'sleep 60');
			const session = await engine.exec(id, {command: ['no-such-shell'], columns: 80, rows: 24}, never);
			assert.match(await decode(session), /no-such-shell/);
			assert.ok([126, 127].includes((await session.result()).exitCode ?? 0));
		});

		test('close ends the session, aborting too', async () => {
			const id = await start('closed', 'sleep 60');
			const session = await engine.exec(id, {command: ['sh'], columns: 80, rows: 24}, never);
			setTimeout(session.close, 100);
			await decode(session);
			assert.deepEqual(await session.result(), {exitCode: undefined, isRunning: true});
			const scope = new AbortController();
			const other = await engine.exec(id, {command: ['sh'], columns: 80, rows: 24}, scope.signal);
			setTimeout(() => scope.abort(), 100);
			await decode(other);
			await assert.rejects(
				engine.exec('nope' as ContainerId, {command: ['sh'], columns: 8, rows: 2}, never),
				{
					kind: 'not-found',
				},
			);
		});
	});

	test('images: tag, remove; prune leaves what is used', async () => {
		const found = (await engine.listImages(never)).find(each => each.tags.includes(image));
		assert.ok(found);
		const user = await create('image-user', 'true');
		await engine.tagImage(found.id, `${run}/copy:2`, never);
		assert.ok((await engine.listImages(never)).some(each => each.tags.includes(`${run}/copy:2`)));
		const {untagged, deleted} = await engine.removeImage(`${run}/copy:2`, {force: false}, never);
		assert.deepEqual([untagged, deleted], [[`${run}/copy:2`], []]);
		await engine.pruneImages('dangling', never);
		assert.ok((await engine.listImages(never)).some(each => each.id === found.id));
		assert.equal(await stateOf(user), 'created');
		await assert.rejects(engine.removeImage(`${run}:none`, {force: false}, never), {kind: 'not-found'});
	});

	test('a pull that no registry answers fails in the engine’s words', async () => {
		await assert.rejects(collect(engine.pullImage('127.0.0.1:1/none:1', never)), {
			message: /127\.0\.0\.1:1/,
		});
	});
});
