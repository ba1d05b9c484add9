import type {ImageChoice} from './archive/contract.ts';
import {hasLayers} from './cache/layer-cache.ts';
import {createAssembler} from './reader/assembler.ts';
import type {Failure, FromReader, ReadTask} from './reader/protocol.ts';
import {createPump} from './reader/pump.ts';
import {type Reader, startReader} from './reader/start-reader.ts';
import {type UpdateQueue, updateQueue} from './reader/update-queue.ts';
import {
	ArchiveError,
	type HistoryStep,
	type ImageConfig,
	type ImageIdentity,
	type ImageTree,
} from './types.ts';

/** From where an image is read: a save stream (opened when it is needed), an archive, or the folder of an OCI layout. */
export type ImageSource =
	| {readonly kind: 'stream'; readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>}
	| {readonly kind: 'file'; readonly path: string}
	| {readonly kind: 'layout'; readonly folder: string};

export type AnalysisRequest = {
	readonly source: ImageSource;
	readonly choice?: ImageChoice;
	/** What the engine has told of the image already: shown, and looked up in the cache, before anything is read. */
	readonly expected?: {
		/** The lowest first. */
		readonly diffIds: readonly string[];
		readonly history: readonly HistoryStep[];
		/** The engine's own id of it, `sha256:…`: what was read of it before is found by that. */
		readonly imageId?: string;
		/** With both of these an image whose layers are all remembered is not read, even if it was never before. */
		readonly config?: ImageConfig;
		readonly identity?: ImageIdentity;
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
			/** 0: all of it was remembered. */
			readonly readBytes: number;
	  };

/**
 * Reads an image once, in a thread of its own, and tells how far it is; ends quietly when the signal aborts.
 * Needs no more than what it keeps: nothing is written but the cache. Whoever is slow to listen misses nothing but
 * what newer updates replace.
 * @throws ArchiveError naming the entry, or whatever the source throws
 */
export async function* analyse(
	request: AnalysisRequest,
	signal: AbortSignal,
): AsyncGenerator<AnalysisUpdate, void, undefined> {
	if (signal.aborted) return;
	const updates = updateQueue<AnalysisUpdate>();
	signal.addEventListener('abort', updates.close);
	const analysis = startAnalysis(request, updates);
	try {
		for await (const update of updates) {
			if (signal.aborted) return;
			yield update;
		}
	} finally {
		signal.removeEventListener('abort', updates.close);
		await analysis.end();
	}
}

/** Told to whoever listens at most so often. */
const bytesPerProgress = 1024 * 1024;

const startAnalysis = (request: AnalysisRequest, updates: UpdateQueue<AnalysisUpdate>) => {
	const {source, expected} = request;
	const assembler = createAssembler(expected);
	const stopping = new AbortController();
	let readBytes = 0;
	let toldBytes = 0;
	let isReady = false;
	let pumping: Promise<void> | undefined;

	const onBytes = (count: number): void => {
		readBytes += count;
		if (readBytes - toldBytes < bytesPerProgress && toldBytes > 0) return;
		toldBytes = readBytes;
		updates.push({kind: 'progress', readBytes, layersRead: assembler.count()});
	};
	const finish = (tree: ImageTree, identity: ImageIdentity): void => {
		updates.push({kind: 'done', tree, identity, readBytes});
		updates.close();
	};
	const onReady = ({isDone, remembered}: Extract<FromReader, {kind: 'ready'}>): void => {
		isReady = true;
		const config = remembered?.config ?? expected?.config;
		const identity = expected?.identity ?? remembered?.identity;
		if (isDone && expected !== undefined && config !== undefined && identity !== undefined) {
			const layers = expected.diffIds.map(diffId => ({diffId, mediaType: '', urls: []}));
			finish(assembler.whole({config, layers}), identity);
			return;
		}
		if (expected !== undefined) updates.push({kind: 'tree', tree: assembler.tree()});
		openSource();
	};
	const onMessage = (message: FromReader): void => {
		switch (message.kind) {
			case 'layer':
				if (assembler.add(message.layer) && isReady) updates.push({kind: 'tree', tree: assembler.tree()});
				return;
			case 'ready':
				onReady(message);
				return;
			case 'taken':
				chunks.onTaken(message.memory);
				return;
			case 'bytes':
				onBytes(message.count);
				return;
			case 'image':
				finish(assembler.whole(message.image), message.image.identity);
				return;
			case 'failed':
				updates.fail(errorOf(message.failure));
				return;
		}
		message satisfies never;
	};

	const reader: Reader = startReader(taskOf(request), onMessage, updates.fail);
	const chunks = createPump(bytes => {
		reader.send({kind: 'chunk', bytes});
	});
	const pump = async (stream: AsyncIterable<Uint8Array>): Promise<void> => {
		try {
			await chunks.run(stream, onBytes);
			reader.send({kind: 'end'});
		} catch (error) {
			updates.fail(error);
		}
	};

	const openSource = (): void => {
		if (source.kind === 'stream') pumping ??= pump(source.open(stopping.signal));
	};
	// The engine packs while the thread starts, if it is sure to be asked.
	if (!mayBeRemembered(request)) openSource();

	return {
		/** Settles when the source is closed and the thread is gone. */
		async end(): Promise<void> {
			stopping.abort();
			chunks.stop();
			await reader.end();
			await pumping;
		},
	};
};

const mayBeRemembered = ({expected, cacheFolder}: AnalysisRequest): boolean =>
	expected !== undefined &&
	expected.diffIds.length > 0 &&
	cacheFolder !== undefined &&
	hasLayers(cacheFolder, expected.diffIds);

const taskOf = ({source, choice, expected, cacheFolder}: AnalysisRequest): ReadTask => ({
	source: source.kind === 'stream' ? {kind: 'stream'} : source,
	choice: choice ?? {},
	diffIds: expected?.diffIds ?? [],
	...(expected?.imageId !== undefined && {imageId: expected.imageId}),
	isImageKnown: expected?.config !== undefined && expected.identity !== undefined,
	...(cacheFolder !== undefined && {cacheFolder}),
});

const errorOf = ({kind, message, choices}: Failure): Error =>
	kind === undefined ? new Error(message) : new ArchiveError(kind, message, choices);
