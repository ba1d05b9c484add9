import {createReadStream} from 'node:fs';
import type {ArchiveImage, ArchiveVisitor} from '../archive/contract.ts';
import {readArchive} from '../archive/read-archive.ts';
import {readLayout} from '../archive/read-layout.ts';
import {createLayerCache, type LayerCache} from '../cache/layer-cache.ts';
import {kindNumber} from '../tree/entries.ts';
import {createLayerBuilder} from '../tree/layer-builder.ts';
import {createPathStore, type PathStore} from '../tree/path-store.ts';
import {ArchiveError, type LayerEntries} from '../types.ts';
import type {Failure, FromReader, ReadLayer, ReadTask} from './protocol.ts';

/** So often is it told how much was read. */
const bytesPerReport = 1024 * 1024;

/**
 * All that happens in the reader's thread: looks what the cache knows, then reads the source and tells each layer
 * at its end. Never rejects: what fails is told too.
 * @param chunks what comes over from the other thread, where the source is a stream
 */
export const readImage = async (
	task: ReadTask,
	chunks: AsyncIterable<Uint8Array>,
	tell: (message: FromReader) => void,
): Promise<void> => {
	try {
		const store = createPathStore();
		const cache = task.cacheFolder === undefined ? undefined : createLayerCache(task.cacheFolder);
		const sender = layerSender(store, tell);
		const known = rememberedLayers(task, cache, store, sender);
		const remembered = task.imageId === undefined ? undefined : cache?.image(task.imageId);
		const isAllKnown = task.diffIds.length > 0 && task.diffIds.every(diffId => known.has(diffId));
		const isDone = isAllKnown && (task.isImageKnown || remembered !== undefined);
		tell({kind: 'ready', isDone, ...(remembered !== undefined && {remembered})});
		if (isDone) return;
		const image = await readSource(task, chunks, layerVisitor({task, store, cache, sender, known, tell}));
		if (task.imageId !== undefined) cache?.keepImage(task.imageId, image);
		tell({kind: 'image', image});
		cache?.trim();
	} catch (error) {
		tell({kind: 'failed', failure: failureOf(error)});
	}
};

type LayerSender = (layer: Omit<ReadLayer, 'paths' | 'contentBytes'>) => void;

/** Tells a layer, and of the paths those that were not told before. */
const layerSender = (store: PathStore, tell: (message: FromReader) => void): LayerSender => {
	let toldNodes = 1;
	return layer => {
		const paths = store.tableFrom(toldNodes);
		toldNodes = store.count();
		tell({kind: 'layer', layer: {...layer, contentBytes: contentBytes(layer.entries), paths}});
	};
};

const contentBytes = ({count, kinds, sizes}: LayerEntries): number => {
	let sum = 0;
	for (let entry = 0; entry < count; entry++) if (kinds[entry] === kindNumber.file) sum += sizes[entry] ?? 0;
	return sum;
};

const rememberedLayers = (
	task: ReadTask,
	cache: LayerCache | undefined,
	store: PathStore,
	send: LayerSender,
): Set<string> => {
	const known = new Set<string>();
	for (const diffId of cache === undefined ? [] : task.diffIds) {
		const found = known.has(diffId) ? undefined : cache?.layer(diffId, store);
		if (found === undefined) continue;
		known.add(diffId);
		send({diffId, ...found});
	}
	return known;
};

type Reading = {
	readonly task: ReadTask;
	readonly store: PathStore;
	readonly cache: LayerCache | undefined;
	readonly sender: LayerSender;
	/** Layers that were told already. */
	readonly known: Set<string>;
	readonly tell: (message: FromReader) => void;
};

const layerVisitor = ({task, store, cache, sender, known, tell}: Reading): ArchiveVisitor => {
	let unreportedBytes = 0;
	return {
		layer(blob) {
			const builder = createLayerBuilder(store);
			return {
				entry: builder.add,
				end({diffId, tarBytes}) {
					if (known.has(diffId)) return;
					known.add(diffId);
					const entries = builder.finish();
					cache?.keepLayer(diffId, {tarBytes, entries}, store);
					sender({blob, diffId, tarBytes, entries});
				},
			};
		},
		onBytes(count) {
			// A stream is counted where it comes from.
			if (task.source.kind === 'stream') return;
			unreportedBytes += count;
			if (unreportedBytes < bytesPerReport) return;
			tell({kind: 'bytes', count: unreportedBytes});
			unreportedBytes = 0;
		},
	};
};

const readSource = (
	{source, choice}: ReadTask,
	chunks: AsyncIterable<Uint8Array>,
	visitor: ArchiveVisitor,
): Promise<ArchiveImage> => {
	switch (source.kind) {
		case 'stream':
			return readArchive(chunks, visitor, {choice});
		case 'file':
			return readArchive(createReadStream(source.path, {highWaterMark: 256 * 1024}), visitor, {choice});
		case 'layout':
			return readLayout(source.folder, visitor, {choice});
	}
};

const failureOf = (error: unknown): Failure => {
	if (error instanceof ArchiveError)
		return {message: error.message, kind: error.kind, choices: error.choices};
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error)
		return {message: `${error.path}: there is no such file`, kind: 'no-image', choices: []};
	return {message: error instanceof Error ? error.message : String(error), choices: []};
};
