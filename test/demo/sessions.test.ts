import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {type DemoClient, eventually, openDemo} from './demo-client.ts';

const exec = async (demo: DemoClient, name: string, Cmd: readonly string[], more = {}) => {
	const {json} = await demo.ask(`POST /containers/${name}/exec`, {Cmd, AttachStdout: true, ...more});
	const session = await demo.hijack(`POST /exec/${json.Id}/start`, {Detach: false, ...more});
	return {id: json.Id, session};
};

/** Text of frames, without their headers. */
const payload = (bytes: Buffer): string => {
	let text = '';
	for (let at = 0; at < bytes.length; at += 8 + bytes.readUInt32BE(at + 4))
		text += bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at + 4)).toString();
	return text;
};

describe('sessions with the embedded engine', () => {
	for (const [command, text, code] of [
		[['echo', 'hi'], 'hi\n', 0],
		[['sh', '-c', 'echo $USER; exit 7'], 'ann\n', 7],
		[['sh', '-c', 'nosuch'], 'sh: nosuch: not found\n', 127],
		[['cat', '/etc/hostname'], /^[0-9a-f]{12}\n$/, 0],
		[['nosuch'], /exec: "nosuch": executable file not found in \$PATH/, 127],
	] as const)
		test(`exec ${command.join(' ')}`, async () => {
			await using demo = await openDemo();
			const {id, session} = await exec(demo, 'shop-web-1', command, {Env: ['USER=ann']});
			await eventually(session.hasEnded, 'the end');
			if (typeof text === 'string') assert.equal(payload(session.bytes()), text);
			else assert.match(payload(session.bytes()), text);
			const {json} = await demo.ask(`GET /exec/${id}/json`);
			assert.deepEqual([json.Running, json.ExitCode], [false, code]);
		});

	test('a shell on a terminal: prompt, echo, line ends, exit code', async () => {
		await using demo = await openDemo();
		const more = {Tty: true, AttachStdin: true};
		const {id, session} = await exec(demo, 'shop-proxy-1', ['/bin/sh'], more);
		assert.equal(session.headers['content-type'], 'application/vnd.docker.raw-stream');
		await eventually(() => session.text().endsWith('/ # '), 'the prompt');
		session.socket.write('echo helx\u007flo\r');
		await eventually(() => session.text().endsWith('hello\r\n/ # '), 'the answer');
		session.socket.write('sleep 1000\r');
		await eventually(() => session.text().endsWith('sleep 1000\r\n'));
		session.socket.write('\u0003');
		await eventually(() => session.text().endsWith('/ # '), 'the prompt after ^C');
		session.socket.write('exit 4\r');
		await eventually(session.hasEnded, 'the end');
		assert.equal((await demo.ask(`GET /exec/${id}/json`)).json.ExitCode, 4);
	});

	test('a session ends with its container', async () => {
		await using demo = await openDemo();
		const {session} = await exec(demo, 'shop-proxy-1', ['sleep', '1000']);
		await demo.ask('POST /containers/shop-proxy-1/kill');
		await eventually(session.hasEnded, 'the end');
	});

	for (const [name, message] of [
		['web-canary', /is not running$/],
		['legacy-import', 'Container legacy-import is paused, unpause the container before exec'],
	] as const)
		test(`no exec in ${name}`, async () => {
			await using demo = await openDemo();
			const answer = await demo.ask(`POST /containers/${name}/exec`, {Cmd: ['ls']});
			assert.equal(answer.status, 409);
			if (typeof message === 'string') assert.equal(answer.json.message, message);
			else assert.match(answer.json.message, message);
		});

	test('attached before its start, a container shows all it writes', async () => {
		await using demo = await openDemo();
		const body = {
			Image: 'busybox:1.36',
			Cmd: ['sh', '-c', 'echo out; nosuch'],
			HostConfig: {AutoRemove: true},
		};
		await demo.ask('POST /containers/create?name=own', body);
		const session = await demo.hijack('POST /containers/own/attach?stream=1&stdout=1&stderr=1');
		await demo.ask('POST /containers/own/start');
		await eventually(session.hasEnded, 'the end');
		assert.equal(payload(session.bytes()), 'out\nsh: nosuch: not found\n');
	});

	test('input that comes before the start is not lost', async () => {
		await using demo = await openDemo();
		await demo.ask('POST /containers/create?name=own', {
			Image: 'busybox:1.36',
			Cmd: ['cat'],
			OpenStdin: true,
		});
		const session = await demo.hijack('POST /containers/own/attach?stream=1&stdin=1&stdout=1');
		session.socket.write('héllo\n');
		session.socket.end('last');
		await demo.ask('POST /containers/own/start');
		await eventually(() => payload(session.bytes()) === 'héllo\nlast\n', 'the echo');
		await eventually(session.hasEnded, 'the end');
	});
});
