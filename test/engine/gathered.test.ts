import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {suite, test} from 'node:test';
import {gathered} from '../../source/engine/gathered.ts';

const all = async (source: PassThrough): Promise<readonly string[]> => {
	const texts: string[] = [];
	for await (const bytes of gathered(source)) texts.push(bytes.toString());
	return texts;
};

suite('what a stream brings', () => {
	test('comes joined as far as it is there, in order, to the last byte', async () => {
		const source = new PassThrough();
		const read = all(source);
		for (const text of ['a', 'b', 'c']) source.write(text);
		source.end('d');
		const texts = await read;
		assert.equal(texts.join(''), 'abcd');
		assert.ok(texts.length < 4, texts.join(' '));
	});

	test('comes again after a pause', async () => {
		const source = new PassThrough();
		const reader = gathered(source);
		source.write('a');
		assert.equal((await reader.next()).value?.toString(), 'a');
		const next = reader.next();
		source.write('b');
		assert.equal((await next).value?.toString(), 'b');
		source.end();
		assert.equal((await reader.next()).done, true);
	});

	test('is told before the error that ends it', async () => {
		const source = new PassThrough();
		const reader = gathered(source);
		const first = reader.next();
		source.write('a');
		assert.equal((await first).value?.toString(), 'a');
		const next = reader.next();
		source.destroy(new Error('cut'));
		await assert.rejects(next, /cut/);
	});

	test('waits in the stream while nobody takes it, and none of it is lost', async () => {
		const source = new PassThrough({highWaterMark: 64 * 1024});
		const reader = gathered(source);
		const first = reader.next();
		source.write('x');
		await first;
		const piece = Buffer.alloc(256 * 1024, 'y');
		let written = 0;
		while (written < 16 && !source.isPaused()) {
			source.write(piece);
			written += 1;
			await new Promise(setImmediate);
		}
		assert.ok(source.isPaused(), 'it goes on although nobody reads');
		source.end();
		let bytes = 0;
		for await (const chunk of reader) bytes += chunk.length;
		assert.equal(bytes, written * piece.length);
	});

	test('is left by destroying it', async () => {
		const source = new PassThrough();
		source.write('a');
		for await (const _ of gathered(source)) break;
		assert.ok(source.destroyed);
		assert.doesNotThrow(() => source.emit('error', new Error('late')));
	});
});
