import {once} from 'node:events';
import {createGunzip, createZstdDecompress} from 'node:zlib';

export type Decompressor = {
	readonly write: (bytes: Buffer) => void | Promise<void>;
	/** Rejects with what was wrong with the compressed data. */
	readonly end: () => Promise<void>;
	readonly close: () => void;
};

const chunkSize = 256 * 1024;

/** Hands on what is in compressed bytes, all members or frames of them, piece by piece. */
export const createDecompressor = (
	format: 'gzip' | 'zstd',
	onBytes: (bytes: Buffer) => void,
): Decompressor => {
	const stream = format === 'gzip' ? createGunzip({chunkSize}) : createZstdDecompress({chunkSize});
	let failure: unknown;
	const over = new Promise<void>(resolve => {
		stream.once('close', resolve);
	});
	stream.on('error', error => {
		failure ??= error;
	});
	stream.on('data', (bytes: Buffer) => {
		try {
			onBytes(bytes);
		} catch (error) {
			failure ??= error;
			stream.destroy();
		}
	});
	return {
		write(bytes) {
			// The stream keeps it for a while; whoever gave it fills it anew.
			if (stream.destroyed || stream.write(Buffer.from(bytes))) return undefined;
			return Promise.race([
				once(stream, 'drain').then(
					() => undefined,
					() => undefined,
				),
				over,
			]);
		},
		async end() {
			if (!stream.destroyed) stream.end();
			await over;
			if (failure !== undefined) throw failure;
		},
		close() {
			stream.destroy();
		},
	};
};
