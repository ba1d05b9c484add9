import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createZstdDecompress} from 'node:zlib';
import {LocalFileError} from './local-error.ts';

/** The magic number of a frame, RFC 8878 section 3.1.1. */
const isZstd = (start: Uint8Array): boolean =>
	start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd;

async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
	const decompress = createZstdDecompress();
	const input = Readable.from(source, {objectMode: false});
	let broken: unknown;
	input.once('error', error => {
		broken = error;
	});
	// Its error comes out of the stream that is read.
	const pumping = pipeline(input, decompress).catch(() => undefined);
	try {
		yield* decompress;
	} catch (error) {
		if (broken !== undefined) throw broken;
		const said = error instanceof Error ? error.message : String(error);
		throw new LocalFileError(`the file is damaged or cut short: ${said}`);
	} finally {
		input.destroy();
		decompress.destroy();
		await pumping;
	}
}

/**
 * The same bytes, but for zstd, which is unpacked on the way: engines before API 1.42 do not know it.
 * @throws LocalFileError for damaged zstd; whatever the source throws
 */
export async function* withoutZstd(
	source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const chunks = source[Symbol.asyncIterator]();
	let start: Uint8Array = new Uint8Array();
	while (start.length < 4) {
		const next = await chunks.next();
		if (next.done === true) break;
		start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
	}
	const whole = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			yield start;
			for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
		} finally {
			await chunks.return?.();
		}
	};
	yield* isZstd(start) ? unpacked(whole()) : whole();
}
