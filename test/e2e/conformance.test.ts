import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {type IncomingMessage, request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {registryAccount} from '../../scripts/engine/registry.ts';
import {type DemoEngine, startDemoEngine} from '../../source/demo/demo-engine.ts';
import {compare, type Side} from '../helpers/conformance.ts';
import {
	callDocker,
	docker,
	dockerAt,
	removeTestObjects,
	requireEngine,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {shapeFaults} from '../helpers/shape.ts';
import {rows} from './conformance-rows.ts';

/** An image of its own, that rows may try to remove: others use those of the engine. */
async function commitShell(image: string): Promise<string> {
	const container = await docker('create', 'gantry-test/busy:1');
	await docker('commit', container, image);
	await docker('rm', container);
	return image;
}

/** What is built, imported and loaded: the files that the rows name. */
function makeContext(): string {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-test-context-'));
	const dockerfiles = {
		Dockerfile: `ARG BASE
FROM $BASE AS first
ENV A=1
RUN echo one; echo two
FROM $BASE
ARG WHO=nobody
LABEL who=$WHO "two words"="and a value"
COPY text /texts/
WORKDIR /texts
EXPOSE 80 53/udp
HEALTHCHECK --interval=5s --retries=3 CMD ["true"]
CMD ["cat", "text"]
`,
		failing: 'ARG BASE\nFROM $BASE\nRUN echo before; exit 3\n',
		copying: 'ARG BASE\nFROM $BASE\nCOPY nothing-of-that-name /\n',
		empty: '',
		unknown: 'FROM scratch\nNONSENSE x\n',
		headless: 'RUN true\n',
		text: 'some text\n',
	};
	for (const [name, text] of Object.entries(dockerfiles)) writeFileSync(join(folder, name), text);
	execFileSync('tar', ['--create', '--file', join(folder, 'root.tar'), '--directory', folder, 'text']);
	return folder;
}

type EngineAnswer = {readonly status: number; readonly text: string};

/** By HTTP: what the docker client asks for only on its way to something else. */
async function askEngine(host: string, line: string, body?: object): Promise<EngineAnswer> {
	const [method = '', path = ''] = line.split(' ');
	const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
	const socketPath = host.replace('unix://', '');
	const headers = body === undefined ? {} : {'Content-Type': 'application/json'};
	const sent = request({socketPath, method, path: `/v1.41${path}`, headers, agent: false}, resolve);
	sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
	const response = await promise;
	const text = Buffer.concat(await response.toArray()).toString();
	return {status: response.statusCode ?? 0, text};
}

describe('the docker client on the embedded engine and on a real one', {
	skip: requireEngine(),
	timeout: 300_000,
}, () => {
	let engine: DemoEngine;
	let folder: string;
	const sides: {real?: Side; demo?: Side} = {};
	before(async () => {
		engine = await startDemoEngine({apiVersion: '1.41'});
		folder = makeContext();
		const now = () => (Date.now() / 1000).toFixed(3);
		const since = now();
		const common = {
			NAME: () => testName('one'),
			OTHER: () => testName('two'),
			TAG: () => testName('tag:1'),
			CONTEXT: () => folder,
			LABEL: () => testName('label'),
			SINCE: () => since,
			UNTIL: now,
		};
		const image = await commitShell(testName('shell:1'));
		const remote = `${testEngine.registry}/gantry-test`;
		sides.real = {
			host: testEngine.host,
			words: {
				...common,
				IMAGE: () => image,
				SAVED: () => join(folder, 'real.tar'),
				REMOTE: () => `${remote}/layers:1`,
				MISSING: () => `${remote}/layers:missing`,
				PUSHED: () => `${remote}/conformance`,
				SECRET: () => `${testEngine.authRegistry}/gantry-test/conformance`,
				PRIVATE: () => testEngine.authRegistry,
			},
		};
		const platform = 'registry.example.com/platform/gateway';
		sides.demo = {
			host: engine.host,
			words: {
				...common,
				IMAGE: () => 'busybox:1.36',
				SAVED: () => join(folder, 'demo.tar'),
				REMOTE: () => `${platform}:1`,
				MISSING: () => `${platform}:missing`,
				PUSHED: () => `${platform}-conformance`,
				SECRET: () => 'private.example.com/gantry-test/conformance',
				PRIVATE: () => 'private.example.com',
			},
		};
	});
	after(async () => {
		await engine.stop();
		rmSync(folder, {recursive: true, force: true});
		await removeTestObjects();
	});

	for (const row of rows)
		test(`docker ${row.run}`, async () => {
			assert.ok(sides.real && sides.demo);
			await compare(row, sides.real, sides.demo);
		});

	test('what registries are asked through the engine', async () => {
		const {real, demo} = sides;
		assert.ok(real && demo);
		const {user: username} = registryAccount;
		const call = async ({host, words}: Side, word: 'REMOTE' | 'MISSING') =>
			askEngine(host, `GET /distribution/${words[word]?.()}/json`);
		const login = async ({host, words}: Side, password: string) =>
			askEngine(host, 'POST /auth', {username, password, serveraddress: words.PRIVATE?.()});
		const questions: readonly ((side: Side) => Promise<EngineAnswer>)[] = [
			side => call(side, 'REMOTE'),
			side => call(side, 'MISSING'),
			side => login(side, side === real ? registryAccount.password : 'demo'),
			side => login(side, 'wrong'),
		];
		for (const asked of questions) {
			const expected: EngineAnswer = await asked(real);
			const actual: EngineAnswer = await asked(demo);
			assert.equal(actual.status, expected.status, expected.text);
			assert.deepEqual(shapeFaults(JSON.parse(expected.text), JSON.parse(actual.text), []), []);
		}
	});

	test('logs --follow ends when the container ends, with all it said', async () => {
		const name = testName('followed');
		const images = [
			[testEngine.host, 'gantry-test/busy:1'],
			[engine.host, 'busybox:1.36'],
		] as const;
		const told = images.map(async ([host, image]) => {
			const command = ['sh', '-c', 'echo first; sleep 2; echo last'];
			await dockerAt(host, 'run', '--detach', '--name', name, image, ...command);
			return dockerAt(host, 'logs', '--follow', name);
		});
		assert.deepEqual(await Promise.all(told), ['first\nlast', 'first\nlast']);
	});

	test('an image saved here can be loaded there, and has the same id and files', async () => {
		const name = testName('loaded:1');
		await dockerAt(engine.host, 'tag', 'shop/web:2.4.1', name);
		const {output} = await callDocker(engine.host, ['save', name]);
		const folder = mkdtempSync(join(tmpdir(), 'gantry-test-save-'));
		try {
			const file = join(folder, 'image.tar');
			writeFileSync(file, output);
			assert.equal(await docker('load', '--input', file), `Loaded image: ${name}`);
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
		const facts = ['inspect', '--format', '{{.Id}} {{.RootFS.Layers}} {{.Config.Cmd}} {{.Config.Env}}', name];
		assert.equal(await docker(...facts), await dockerAt(engine.host, ...facts));
		const container = await docker('create', '--name', testName('loaded'), name);
		const changes = await Promise.all(
			['/app/dist', '/app'].map(path => callDocker(testEngine.host, ['cp', `${container}:${path}`, '-'])),
		);
		const [dist = '', app = ''] = changes.map(({output: tar}) => tar.toString('latin1'));
		assert.match(dist, /bundle\.min\.js/);
		assert.doesNotMatch(dist, /bundle\.js\.map/);
		assert.doesNotMatch(app, /app\/package-lock\.json\0/);
		assert.doesNotMatch(app, /app\/\.env\0/);
		await docker('rm', container);
		await docker('rmi', name);
	});
});
