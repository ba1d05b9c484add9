import type {ArchiveImage, ImageChoice} from '../archive/contract.ts';
import type {ArchiveError, ImageConfig, ImageIdentity, LayerEntries, PathTable} from '../types.ts';

/** What a reader is to do. */
export type ReadTask = {
	readonly source:
		| {readonly kind: 'stream'}
		| {readonly kind: 'file'; readonly path: string}
		| {readonly kind: 'layout'; readonly folder: string};
	readonly choice: ImageChoice;
	/** Looked up in the cache before anything is read; the lowest first. */
	readonly diffIds: readonly string[];
	/** Under which the image itself is remembered. */
	readonly imageId?: string;
	/** Its names and configuration are known already: with all layers in the cache nothing needs to be read. */
	readonly isImageKnown: boolean;
	readonly cacheFolder?: string;
};

export type ToReader =
	/** Chunks may come before it. */
	| {readonly kind: 'begin'; readonly task: ReadTask}
	| {readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer>}
	| {readonly kind: 'end'};

export type ReadLayer = {
	/** Its path in the archive; absent of one from the cache. */
	readonly blob?: string;
	readonly diffId: string;
	readonly tarBytes: number;
	readonly contentBytes: number;
	/** What the paths of this layer add to the nodes that earlier layers brought. */
	readonly paths: PathTable;
	readonly entries: LayerEntries;
};

/** What the cache remembers of an image itself. */
export type RememberedImage = {readonly identity: ImageIdentity; readonly config: ImageConfig};

/** An error as it crosses threads. */
export type Failure = {
	readonly message: string;
	/** Absent: it is no `ArchiveError`. */
	readonly kind?: ArchiveError['kind'];
	readonly choices: readonly string[];
};

export type FromReader =
	| {readonly kind: 'layer'; readonly layer: ReadLayer}
	/** The cache was looked through; with `isDone` all is known and nothing more comes. */
	| {readonly kind: 'ready'; readonly isDone: boolean; readonly remembered?: RememberedImage}
	/** A chunk was taken in: there is room for another, in the same memory. */
	| {readonly kind: 'taken'; readonly memory: ArrayBuffer}
	/** Bytes that it has read itself since it last said. */
	| {readonly kind: 'bytes'; readonly count: number}
	| {readonly kind: 'image'; readonly image: ArchiveImage}
	| {readonly kind: 'failed'; readonly failure: Failure};

/** The memory of a layer, to be handed over and not copied. */
export const memoryOf = ({paths, entries}: ReadLayer): ArrayBuffer[] =>
	[
		paths.parents,
		paths.nameStarts,
		paths.nameBytes,
		entries.nodes,
		entries.kinds,
		entries.sizes,
		entries.modes,
		entries.uids,
		entries.gids,
		entries.times,
		entries.sums,
		entries.attributeSums,
		entries.links,
		entries.opaque,
	].flatMap(({buffer}) => (buffer instanceof ArrayBuffer ? [buffer] : []));
