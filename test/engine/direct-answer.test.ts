import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, suite, test} from 'node:test';
import {createBodyReader} from '../../source/engine/direct/body-reader.ts';
import {directAnswer} from '../../source/engine/direct/direct-answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-direct-'));
const socketPath = join(folder, 'engine.sock');
const target = {kind: 'unix', socketPath} as const;

let answer: (socket: Socket) => void = () => {};
let asked = '';
let open: Socket[] = [];
const server = createServer(socket => {
	open.push(socket);
	socket.on('error', () => {});
	socket.on('data', data => {
		asked += data.toString('latin1');
		if (asked.endsWith('\r\n\r\n')) answer(socket);
	});
});

before(async () => {
	server.listen(socketPath);
	await once(server, 'listening');
});
after(() => {
	for (const socket of open) socket.destroy();
	server.close();
	rmSync(folder, {recursive: true, force: true});
});
beforeEach(() => {
	asked = '';
	open = [];
});

const {signal} = new AbortController();
const chunked = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n';

/** All of it, copied as it comes. */
const whole = async (): Promise<Buffer | undefined> => {
	const body = await directAnswer(target, '/images/a/get', signal);
	if (body === undefined) return undefined;
	const parts: Buffer[] = [];
	for await (const part of body) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
};

/** Written piece by piece, so that they come in reads of their own. */
const inPieces = (bytes: Buffer, size: number) => async (socket: Socket) => {
	for (let at = 0; at < bytes.length; at += size) {
		socket.write(bytes.subarray(at, at + size));
		await new Promise(resolve => setImmediate(resolve));
	}
};

/** Bytes that tell where they belong. */
const content = Buffer.from(Uint8Array.from({length: 700_000}, (_, at) => (at * 31 + (at >> 9)) & 0xff));
const asChunks = (bytes: Buffer, size: number): Buffer => {
	const parts: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += size) {
		const part = bytes.subarray(at, at + size);
		parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
	}
	return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
};

const closed = (socket: Socket | undefined) =>
	socket?.closed === false && new Promise(resolve => socket.once('close', resolve));

suite('an answer that is read directly', () => {
	test('comes whole, however it is framed and cut', async () => {
		for (const [head, body] of [
			[chunked, asChunks(content, 32_768)],
			['HTTP/1.1 200 OK\r\ncontent-length: 700000\r\n\r\n', content],
		] as const) {
			for (const size of [9_001, 65_536, 1_000_000]) {
				asked = '';
				answer = inPieces(Buffer.concat([Buffer.from(head), body]), size);
				assert.ok((await whole())?.equals(content), `${head} in pieces of ${size}`);
			}
		}
		answer = socket => socket.end(Buffer.concat([Buffer.from('HTTP/1.0 200 OK\r\n\r\n'), content]));
		asked = '';
		assert.ok((await whole())?.equals(content));
		assert.equal(asked, 'GET /images/a/get HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
	});

	test('is left to the ordinary way where it is anything else', async () => {
		for (const head of [
			'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}',
			'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
			'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n',
			'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
			'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n',
			'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n',
			'HTTP/1.1 200 OK\r\nbroken line\r\n\r\n',
			'SSH-2.0-OpenSSH\r\n\r\n',
			'x'.repeat(100_000),
		]) {
			asked = '';
			answer = socket => socket.write(head);
			assert.equal(await whole(), undefined, head.slice(0, 80));
		}
		asked = '';
		answer = socket => socket.destroy();
		assert.equal(await whole(), undefined);
		const none = {kind: 'unix', socketPath: join(folder, 'none.sock')} as const;
		assert.equal(await directAnswer(none, '/', signal), undefined);
		const tls = {kind: 'tcp', host: 'localhost', port: 1, basePath: '', tls: {isVerified: true}} as const;
		assert.equal(await directAnswer(tls, '/', signal), undefined);
	});

	test('fails after what came where the connection ends too soon', async () => {
		for (const head of [chunked, 'HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n']) {
			asked = '';
			const isChunked = head === chunked;
			const body = isChunked ? asChunks(content, 32_768).subarray(0, -5) : content;
			answer = socket => socket.end(Buffer.concat([Buffer.from(head), body]));
			const opened = await directAnswer(target, '/', signal);
			assert.ok(opened !== undefined);
			let bytes = 0;
			await assert.rejects(
				async () => {
					for await (const part of opened) bytes += part.length;
				},
				{kind: 'unreachable', message: /before the end/},
			);
			assert.equal(bytes, content.length);
		}
	});

	test('closes its connection when it is left or given up', async () => {
		answer = socket =>
			socket.write(Buffer.concat([Buffer.from(chunked), asChunks(content, 32_768)]).subarray(0, -5));
		const left = await directAnswer(target, '/', signal);
		assert.ok(left !== undefined);
		for await (const _ of left) break;
		await closed(open[0]);

		asked = '';
		const giving = new AbortController();
		const givenUp = await directAnswer(target, '/', giving.signal);
		assert.ok(givenUp !== undefined);
		const read = async () => {
			for await (const _ of givenUp) giving.abort(new Error('enough'));
		};
		await assert.rejects(read, /enough/);
		await closed(open[1]);

		asked = '';
		answer = () => packing.abort();
		const packing = new AbortController();
		assert.equal(await directAnswer(target, '/', packing.signal), undefined);
	});

	test('makes the sender wait for a slow reader', async () => {
		let sent = 0;
		const piece = asChunks(content.subarray(0, 60_000), 60_000).subarray(0, -5);
		answer = socket => {
			socket.write(chunked);
			const more = () => {
				while (!socket.destroyed && socket.write(piece)) sent += 60_000;
			};
			socket.on('drain', more);
			more();
		};
		const body = await directAnswer(target, '/', signal);
		assert.ok(body !== undefined);
		await body.next();
		for (let turn = 0; turn < 200; turn++) await new Promise(resolve => setImmediate(resolve));
		assert.ok(sent < 3_000_000, `${sent} bytes`);
		let read = 0;
		while (read < 6_000_000) read += (await body.next()).value?.length ?? 0;
		assert.ok(sent >= read - 3_000_000);
		await body.return();
	});
});

suite('the framing of a body', () => {
	const contentOf = (text: string, cut: number): {readonly text: string; readonly mayEnd: boolean} => {
		let got = '';
		const body = createBodyReader({kind: 'chunked'}, part => {
			got += part.toString('latin1');
		});
		body.write(Buffer.from(text.slice(0, cut), 'latin1'));
		body.write(Buffer.from(text.slice(cut), 'latin1'));
		return {text: got, mayEnd: body.mayEnd()};
	};

	test('is taken off wherever it is cut', () => {
		const text = '3\r\nabc\r\n0A ;name="x"\r\n0123456789\r\n1\r\n\n\r\n0\r\nTrailer: x\r\n\r\n';
		for (let cut = 0; cut <= text.length; cut++)
			assert.deepEqual(contentOf(text, cut), {text: 'abc0123456789\n', mayEnd: true}, `cut at ${cut}`);
		assert.equal(contentOf('3\r\nabc\r\n0\r\n', 4).mayEnd, false);
	});

	test('is refused where it is broken', () => {
		for (const text of [
			'x\r\n',
			'-1\r\n',
			'\r\n',
			'3\nabc',
			'3\r\nabcd\r\n',
			'1'.repeat(13),
			'3;'.padEnd(9000, 'x'),
		])
			assert.throws(() => contentOf(`${text}\r\n`, 1), /chunk/, text.slice(0, 20));
	});
});
