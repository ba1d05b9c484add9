import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip, createZstdCompress} from 'node:zlib';
import type {Engine} from '../../engine/engine.ts';
import type {TransferProgress} from '../../engine/types.ts';
import {formatSize} from '../../format/bytes.ts';
import type {SaveTask} from '../../state/views/image-jobs.ts';
import {createMeter} from './meter.ts';
import {openPartial, type PartialFile} from './partial-file.ts';

/** Both work in threads of their own. */
const compressorOf = (compression: SaveTask['compression']) => {
	switch (compression) {
		case 'none':
			return undefined;
		case 'gzip':
			return createGzip();
		case 'zstd':
			return createZstdCompress();
	}
};

const writeInto =
	(file: PartialFile, onWritten: (count: number) => void) =>
	async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
		for await (const chunk of chunks) {
			await file.write(chunk);
			onWritten(chunk.length);
		}
	};

/**
 * Writes the images into one archive, where layers that they share are once. Whatever goes wrong, nothing stays
 * of a file that is not whole.
 */
export const save = async (
	engine: Engine,
	task: SaveTask,
	tell: (progress: TransferProgress) => void,
	signal: AbortSignal,
): Promise<void> => {
	const {references, path, compression, isReplacing, totalBytes} = task;
	const meter = createMeter(tell, totalBytes);
	const file = await openPartial(path, isReplacing);
	try {
		tell({kind: 'waiting', status: 'the engine is packing'});
		const chunks = meter.count(engine.saveImages(references, signal));
		const compressor = compressorOf(compression);
		// A chunk is big enough not to be gathered into bigger ones.
		const source = Readable.from(chunks, {objectMode: false, highWaterMark: 1 << 20});
		let writtenBytes = 0;
		const sink = writeInto(file, count => {
			writtenBytes += count;
		});
		if (compressor === undefined) await pipeline(source, sink, {signal});
		else await pipeline(source, compressor, sink, {signal});
		// A stream that was given up ends quietly: that is not the end of the archive.
		if (signal.aborted) return;
		tell({kind: 'waiting', status: 'written, waiting for the disk'});
		await file.finish();
		if (compressor !== undefined)
			tell({kind: 'status', status: `${formatSize(writtenBytes)} as ${compression}`});
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		await file.close();
	}
};
