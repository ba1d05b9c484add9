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

export type ExpectedImage = {
	/** The lowest first. */
	readonly diffIds: readonly string[];
	readonly history: readonly HistoryStep[];
	/** The engine's own id of it, `sha256:…`: what was read of it before is found by that. */
	readonly imageId?: string;
	/** With both of these an image whose layers are all remembered is not read, even if it was never before. */
	readonly config?: ImageConfig;
	readonly identity?: ImageIdentity;
};

export type AnalysisRequest = {
	readonly source: ImageSource;
	readonly choice?: ImageChoice;
	/**
	 * What the engine has told of the image: shown, and looked up in the cache, before anything is read. Nothing where
	 * the engine did not. While it is still asked, the reader starts.
	 */
	readonly expected?: ExpectedImage | Promise<ExpectedImage | undefined>;
	/** Of `expected`, where that is known sooner: a source of layers that are not remembered is opened then. */
	readonly diffIds?: Promise<readonly string[] | undefined>;
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
	const {source, cacheFolder} = request;
	let expected: ExpectedImage | undefined;
	let assembler = createAssembler(undefined);
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
		if (source.kind === 'stream' && !stopping.signal.aborted) pumping ??= pump(source.open(stopping.signal));
	};
	/** The engine packs while the thread starts and the rest is asked, if it is sure to be asked for it. */
	const openUnlessRemembered = (diffIds: readonly string[] = []): void => {
		if (cacheFolder === undefined || diffIds.length === 0 || !hasLayers(cacheFolder, diffIds)) openSource();
	};
	const begin = async (): Promise<void> => {
		if (cacheFolder === undefined) openSource();
		else if (request.diffIds !== undefined) openUnlessRemembered(await request.diffIds);
		expected = await request.expected;
		if (stopping.signal.aborted) return;
		assembler = createAssembler(expected);
		openUnlessRemembered(expected?.diffIds);
		reader.send({kind: 'begin', task: taskOf(request, expected)});
	};
	begin().catch(updates.fail);
	const reader: Reader = startReader(onMessage, updates.fail);

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

const taskOf = (
	{source, choice, cacheFolder}: AnalysisRequest,
	expected: ExpectedImage | undefined,
): ReadTask => ({
	source: source.kind === 'stream' ? {kind: 'stream'} : source,
	choice: choice ?? {},
	diffIds: expected?.diffIds ?? [],
	...(expected?.imageId !== undefined && {imageId: expected.imageId}),
	isImageKnown: expected?.config !== undefined && expected.identity !== undefined,
	...(cacheFolder !== undefined && {cacheFolder}),
});

const errorOf = ({kind, message, choices}: Failure): Error =>
	kind === undefined ? new Error(message) : new ArchiveError(kind, message, choices);
