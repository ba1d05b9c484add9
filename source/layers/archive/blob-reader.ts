import {ArchiveError} from '../types.ts';
import type {ArchiveVisitor} from './contract.ts';
import {createDecompressor, type Decompressor} from './decompressor.ts';
import {createLayerReader, type LayerOutcome, type LayerReader} from './layer-reader.ts';
import {compressionError} from './open-archive.ts';
import {type ByteFormat, sniffBytes, sniffed} from './sniff.ts';
import type {ByteSink} from './tar-scanner.ts';

/** What a file of an archive turned out to be. */
export type Blob =
	| {readonly kind: 'json'; readonly bytes: Buffer}
	| {readonly kind: 'layer'; readonly outcome: LayerOutcome; readonly compression: 'none' | 'gzip' | 'zstd'}
	| {readonly kind: 'other'; readonly reason: string; readonly isUnsupported: boolean};

export type BlobReader = ByteSink & {
	/** What it turned out to be, once it has ended. */
	readonly blob: () => Blob;
	readonly close: () => void;
};

/** Manifests and configurations are a few kilobytes; those of the largest images some hundred. */
export const maxJsonBytes = 8 * 1024 * 1024;

const nothing = (reason: string, isUnsupported = false): BlobReader => ({
	write: () => undefined,
	end: () => undefined,
	blob: () => ({kind: 'other', reason, isUnsupported}),
	close: () => undefined,
});

const json = (): BlobReader => {
	const parts: Buffer[] = [];
	return {
		write(bytes) {
			parts.push(Buffer.from(bytes));
		},
		end: () => undefined,
		blob: () => ({kind: 'json', bytes: Buffer.concat(parts)}),
		close: () => undefined,
	};
};

const plainLayer = (layer: LayerReader): BlobReader => ({
	write: layer.write,
	end: () => layer.end(),
	blob: () => ({kind: 'layer', outcome: layer.outcome(), compression: 'none'}),
	close: () => undefined,
});

const compressedLayer = (path: string, format: 'gzip' | 'zstd', layer: LayerReader): BlobReader => {
	const decompressor: Decompressor = createDecompressor(format, layer.write);
	return {
		write: decompressor.write,
		async end() {
			const error: unknown = await decompressor.end().then(
				() => undefined,
				(reason: unknown) => compressionError(path, format, reason),
			);
			if (error !== undefined && !(error instanceof ArchiveError)) throw error;
			layer.end(error);
		},
		blob: () => ({kind: 'layer', outcome: layer.outcome(), compression: format}),
		close: decompressor.close,
	};
};

const readerOf = (format: ByteFormat, path: string, size: number, visitor: ArchiveVisitor): BlobReader => {
	switch (format) {
		case 'json':
			return size > maxJsonBytes ? nothing(`its ${size} bytes are too many for a manifest`) : json();
		case 'tar':
		case 'empty':
			return plainLayer(createLayerReader(path, visitor.layer(path)));
		case 'gzip':
		case 'zstd':
			return compressedLayer(path, format, createLayerReader(path, visitor.layer(path)));
		case 'xz':
		case 'bzip2':
			return nothing(`it is compressed with ${format}, which is not supported`, true);
		case 'unknown':
			return nothing('it is neither a layer nor JSON');
	}
};

/** Reads a file of an archive as what its first bytes say that it is. @param size of all of it */
export const createBlobReader = (path: string, size: number, visitor: ArchiveVisitor): BlobReader => {
	let head: Buffer[] | undefined = [];
	let headBytes = 0;
	let reader = nothing('it was not read');
	const begin = (): void | Promise<void> => {
		const bytes = Buffer.concat(head ?? []);
		head = undefined;
		reader = readerOf(sniffed(bytes.subarray(0, sniffBytes)), path, size, visitor);
		return reader.write(bytes);
	};
	return {
		write(bytes) {
			if (head === undefined) return reader.write(bytes);
			if (headBytes === 0 && bytes.length >= sniffBytes) {
				head = [bytes];
				return begin();
			}
			head.push(Buffer.from(bytes));
			headBytes += bytes.length;
			return headBytes >= sniffBytes ? begin() : undefined;
		},
		end() {
			const waiting = head === undefined ? undefined : begin();
			return waiting === undefined ? reader.end() : waiting.then(() => reader.end());
		},
		blob: () => reader.blob(),
		close: () => {
			reader.close();
		},
	};
};
