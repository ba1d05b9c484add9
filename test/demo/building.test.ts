import assert from 'node:assert/strict';
import {request} from 'node:http';
import {describe, test} from 'node:test';
import {packTar} from 'modern-tar';
import {type DemoClient, eventually, openDemo} from './demo-client.ts';

type Line = {
	readonly stream?: string;
	readonly error?: string;
	readonly errorDetail?: {readonly code?: number};
	readonly aux?: {readonly ID: string};
};

const contextOf = (files: Readonly<Record<string, string>>): Promise<Uint8Array> =>
	packTar(
		Object.entries(files).map(([name, body]) => ({
			header: {name, type: 'file' as const, size: Buffer.byteLength(body)},
			body,
		})),
	);

/** Sends a tar, and lets time pass until it is answered. */
const send = async ({engine, clock}: DemoClient, path: string, body: Uint8Array) => {
	const chunks: Buffer[] = [];
	let status = 0;
	let hasEnded = false;
	const sent = request({socketPath: engine.socketPath, method: 'POST', path, agent: false}, response => {
		status = response.statusCode ?? 0;
		response.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('close', () => {
			hasEnded = true;
		});
	});
	sent.on('error', () => {
		hasEnded = true;
	});
	sent.end(body);
	for (let turn = 0; turn < 3000 && !hasEnded; turn += 1) await clock.advance(100);
	const text = Buffer.concat(chunks).toString();
	const lines = (): readonly Line[] =>
		text
			.trim()
			.split('\n')
			.map(line => JSON.parse(line));
	return {status, text, lines};
};

const dockerfile = `FROM busybox:1.36
ENV A=1 \\
  B="two words"
COPY text /x/
RUN echo hello && rm /bin/sh
HEALTHCHECK --interval=3s CMD ["true"]
CMD ["sh"]
`;

describe('a build of the embedded engine', () => {
	test('makes an image with what its instructions say, and the second time out of the cache', async () => {
		await using demo = await openDemo();
		const context = await contextOf({Dockerfile: dockerfile, text: 'some text'});
		const first = await send(demo, '/build?t=mine:1', context);
		const said = first.lines().map(line => line.stream ?? '');
		assert.ok(said.includes('hello\n'), first.text);
		assert.ok(said.includes('Successfully tagged mine:1\n'));
		const id = first.lines().findLast(line => line.aux)?.aux?.ID;
		const {json} = await demo.ask('GET /images/mine:1/json');
		assert.equal(json.Id, id);
		assert.deepEqual(json.Config.Env.slice(-2), ['A=1', 'B=two words']);
		assert.deepEqual(json.Config.Healthcheck.Test, ['CMD', 'true']);
		assert.equal(json.RootFS.Layers.length, 3);
		const second = await send(demo, '/build?t=mine:2', context);
		assert.equal(second.lines().filter(line => line.stream === ' ---> Using cache\n').length, 5);
		const other = await send(
			demo,
			'/build?t=mine:3',
			await contextOf({Dockerfile: dockerfile, text: 'other'}),
		);
		assert.equal(other.lines().filter(line => line.stream === ' ---> Using cache\n').length, 1);
	});

	test('ends with the step that failed, and leaves no image', async () => {
		await using demo = await openDemo();
		const {json: before} = await demo.ask('GET /images/json');
		const context = await contextOf({Dockerfile: 'FROM busybox:1.36\nRUN echo x; exit 3\n'});
		const {status, lines} = await send(demo, '/build?t=mine:1', context);
		assert.equal(status, 200);
		assert.equal(lines().at(-1)?.errorDetail?.code, 3);
		assert.equal((await demo.ask('GET /images/json')).json.length, before.length);
	});

	test('ends when its client leaves', async () => {
		await using demo = await openDemo();
		const context = await contextOf({Dockerfile: 'FROM busybox:1.36\nRUN sleep 600\n'});
		const sent = request({
			socketPath: demo.engine.socketPath,
			method: 'POST',
			path: '/build?t=mine:1',
			agent: false,
		});
		sent.on('error', () => {});
		sent.end(context);
		await eventually(() => demo.engine.openStreams() === 1);
		sent.destroy();
		await eventually(() => demo.engine.openStreams() === 0);
		assert.equal((await demo.ask('GET /images/mine:1/json')).status, 404);
	});

	for (const [what, files, query, message] of [
		['without a Dockerfile', {a: ''}, '', 'Cannot locate specified Dockerfile: Dockerfile'],
		['of an empty one', {Dockerfile: '# nothing\n'}, '', 'the Dockerfile (Dockerfile) cannot be empty'],
		[
			'for no stage of it',
			{Dockerfile: 'FROM scratch\n'},
			'?target=x',
			'failed to reach build target x in Dockerfile',
		],
	] as const)
		test(`${what} is refused`, async () => {
			await using demo = await openDemo();
			const {status, text} = await send(demo, `/build${query}`, await contextOf(files));
			assert.ok(status >= 400);
			assert.equal(JSON.parse(text).message, message);
		});
});

describe('archives that the embedded engine is sent', () => {
	test('a load of what it saved brings the image back, of anything else says what it is', async () => {
		await using demo = await openDemo();
		const saved = await demo.open('GET /images/shop/web:2.4.0/get');
		await eventually(saved.hasEnded);
		const {json: before} = await demo.ask('GET /images/shop/web:2.4.0/json');
		assert.equal((await demo.ask('DELETE /images/shop/web:2.4.0')).status, 200);
		const {text} = await send(demo, '/images/load', saved.bytes());
		assert.match(text, /Loaded image: shop\/web:2\.4\.0/);
		assert.equal((await demo.ask('GET /images/shop/web:2.4.0/json')).json.Id, before.Id);
		assert.match((await send(demo, '/images/load', Buffer.from('nonsense'))).text, /unexpected EOF/);
		const short = saved.bytes().subarray(0, 100_000);
		assert.match((await send(demo, '/images/load', short)).text, /unexpected EOF/);
		assert.match(
			(await send(demo, '/images/load', await contextOf({a: 'b'}))).text,
			/no such file or directory/,
		);
	});

	test('an import makes an image of one layer', async () => {
		await using demo = await openDemo();
		const query = new URLSearchParams({
			fromSrc: '-',
			repo: 'mine',
			tag: '1',
			message: 'said',
			changes: 'CMD x',
		});
		const {lines} = await send(demo, `/images/create?${query}`, await contextOf({a: 'four'}));
		const {json} = await demo.ask('GET /images/mine:1/json');
		assert.deepEqual(lines(), [{status: json.Id}]);
		assert.equal(json.Size, 4);
		assert.equal(json.Comment, 'said');
		assert.deepEqual(json.Config.Cmd, ['/bin/sh', '-c', 'x']);
	});
});
