import {Readable} from 'node:stream';
import {createGunzip, createZstdDecompress} from 'node:zlib';
import {DemoError} from '../contract.ts';

const gzipMark = Buffer.from([0x1f, 0x8b]);
const zstdMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** What a client sends, without the compression it may have. */
export async function* sentArchive(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const pieces = body[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < zstdMark.length) {
		const {value, done} = await pieces.next();
		if (done) break;
		head = Buffer.concat([head, value]);
	}
	const whole = async function* (): AsyncGenerator<Uint8Array> {
		yield head;
		for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
	};
	const unpacker = unpackerOf(head);
	if (unpacker === undefined) {
		yield* whole();
		return;
	}
	const source = Readable.from(whole());
	source.once('error', error => unpacker.destroy(error));
	try {
		for await (const piece of source.pipe(unpacker)) yield piece;
	} catch (error) {
		throw new DemoError(
			500,
			`Error processing tar file(exit status 1): ${error instanceof Error ? error.message : error}`,
		);
	}
}

const unpackerOf = (head: Buffer) => {
	if (head.subarray(0, 2).equals(gzipMark)) return createGunzip();
	if (head.subarray(0, 4).equals(zstdMark)) return createZstdDecompress();
	return undefined;
};
