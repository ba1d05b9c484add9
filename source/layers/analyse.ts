import type {ImageChoice} from './archive/contract.ts';
import {ArchiveError, type HistoryStep, type ImageIdentity, type ImageTree} from './types.ts';

/** From where an image is read: a save stream or archive (opened when it is needed), or the folder of an OCI layout. */
export type ImageSource =
	| {readonly kind: 'stream'; readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>}
	| {readonly kind: 'layout'; readonly folder: string};

export type AnalysisRequest = {
	readonly source: ImageSource;
	readonly choice?: ImageChoice;
	/** What the engine has told of the image already: shown, and looked up in the cache, before anything is read. */
	readonly expected?: {
		/** The lowest first. */
		readonly diffIds: readonly string[];
		readonly history: readonly HistoryStep[];
	};
	/** Where layers are remembered; absent: nowhere. */
	readonly cacheFolder?: string;
};

export type AnalysisUpdate =
	/** Bytes of the source read so far. */
	| {readonly kind: 'progress'; readonly readBytes: number; readonly layersRead: number}
	/** Another layer is there, or what was known before anything was read. */
	| {readonly kind: 'tree'; readonly tree: ImageTree}
	| {
			readonly kind: 'done';
			readonly tree: ImageTree;
			readonly identity: ImageIdentity;
			readonly readBytes: number;
	  };

/**
 * Reads an image once, in a thread of its own, and tells how far it is; ends quietly when the signal aborts.
 * Needs no more than what it keeps: nothing is written but the cache.
 * @throws ArchiveError naming the entry, or whatever the source throws
 */
// biome-ignore lint/correctness/useYield: the reader is still to come
export async function* analyse(
	_request: AnalysisRequest,
	_signal: AbortSignal,
): AsyncGenerator<AnalysisUpdate, void, undefined> {
	throw new ArchiveError('unsupported', 'not read yet');
}
