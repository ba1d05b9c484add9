import {pipeline} from 'node:stream';
import {createGunzip, createZstdDecompress} from 'node:zlib';
import {ArchiveError} from '../types.ts';
import {type ByteFormat, sniffBytes, sniffed} from './sniff.ts';

const chunkSize = 256 * 1024;

/** As much of the beginning as tells what it is, and all of it. */
const peeked = async (
	source: AsyncIterator<Uint8Array>,
	onBytes: (count: number) => void,
): Promise<{readonly head: Buffer; readonly all: AsyncGenerator<Buffer, void, undefined>}> => {
	const parts: Buffer[] = [];
	let length = 0;
	let isOver = false;
	const next = async (): Promise<Buffer | undefined> => {
		const {done, value} = await source.next();
		isOver = done === true;
		if (isOver || value === undefined) return undefined;
		onBytes(value.length);
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	};
	while (length < sniffBytes && !isOver) {
		const part = await next();
		parts.push(Buffer.from(part ?? []));
		length += part?.length ?? 0;
	}
	const head = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
	const all = async function* (): AsyncGenerator<Buffer, void, undefined> {
		if (head.length > 0) yield head;
		for (let part = await next(); part !== undefined; part = await next()) yield part;
	};
	return {head, all: all()};
};

/** A stream keeps what it is given for a while, and the source may fill it anew. */
async function* copied(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
	for await (const bytes of source) yield Buffer.from(bytes);
}

async function* decompressed(
	format: 'gzip' | 'zstd',
	bytes: AsyncIterable<Buffer>,
	where: string,
): AsyncGenerator<Buffer, void, undefined> {
	const stream = format === 'gzip' ? createGunzip({chunkSize}) : createZstdDecompress({chunkSize});
	// What goes wrong comes out of the stream that is read.
	pipeline(copied(bytes), stream, () => undefined);
	try {
		for await (const chunk of stream) yield chunk;
	} catch (error) {
		throw compressionError(where, format, error);
	}
}

/** @returns the error itself when it is no complaint about the data */
export const compressionError = (where: string, format: string, error: unknown): unknown =>
	error instanceof Error && 'code' in error && /^Z(?:STD)?_/.test(String(error.code))
		? new ArchiveError('damaged', `${where}: its ${format} data is damaged (${error.message})`)
		: error;

/** What the bytes turned out to be, and all of them, uncompressed where they were. */
type Opened = {readonly format: ByteFormat; readonly bytes: AsyncGenerator<Buffer, void, undefined>};

const opened = async (
	source: AsyncIterator<Uint8Array>,
	where: string,
	onBytes: (count: number) => void,
): Promise<Opened> => {
	const {head, all} = await peeked(source, onBytes);
	const format = sniffed(head.subarray(0, sniffBytes));
	return {format, bytes: format === 'gzip' || format === 'zstd' ? decompressed(format, all, where) : all};
};

/**
 * A layer's tar, uncompressed. Closes the source.
 * @param where names it in messages
 * @throws ArchiveError when its data is damaged; what the source throws
 */
export async function* openLayer(
	source: AsyncIterable<Buffer>,
	where: string,
): AsyncGenerator<Buffer, void, undefined> {
	const iterator = source[Symbol.asyncIterator]();
	try {
		yield* (await opened(iterator, where, () => undefined)).bytes;
	} finally {
		await iterator.return?.();
	}
}

/**
 * The bytes of a tar that may be compressed as a whole.
 * @param onBytes counts what the source gives
 * @throws ArchiveError when it is no tar; what the source throws
 */
export async function* openArchive(
	source: AsyncIterable<Uint8Array>,
	onBytes: (count: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
	const iterator = source[Symbol.asyncIterator]();
	try {
		const outer = await opened(iterator, 'the archive', onBytes);
		if (outer.format !== 'gzip' && outer.format !== 'zstd') {
			mustBeTar(outer.format, 'it');
			yield* outer.bytes;
			return;
		}
		const inner = await opened(outer.bytes, 'the archive', () => undefined);
		mustBeTar(inner.format, `what is in its ${outer.format} data`);
		yield* inner.bytes;
	} finally {
		await iterator.return?.();
	}
}

const mustBeTar = (format: ByteFormat, what: string): void => {
	switch (format) {
		case 'tar':
			return;
		case 'xz':
		case 'bzip2':
			throw new ArchiveError(
				'unsupported',
				`${what} is compressed with ${format}, which is not supported: unpack it first`,
			);
		case 'empty':
			throw new ArchiveError('no-image', `${what} is empty`);
		case 'gzip':
		case 'zstd':
		case 'json':
		case 'unknown':
			throw new ArchiveError('no-image', `${what} is no tar archive`);
		default:
			format satisfies never;
	}
};
