import {realpath} from 'node:fs/promises';
import {LocalFileError, localReason} from '../../engine/archive/local-error.ts';
import {unpack} from '../../engine/archive/unpack.ts';
import type {Engine} from '../../engine/engine.ts';
import type {ArchiveEntry} from '../../engine/file-types.ts';
import type {TransferProgress} from '../../engine/types.ts';
import {readFiles} from '../../layers/archive/read-files.ts';
import {shownPath} from '../../layers/tree/paths.ts';
import type {ContentPlace, ExtractEntry, ExtractTask} from '../../state/views/image-jobs.ts';
import {createMeter} from '../meter.ts';

type WithContent = ExtractEntry & {readonly content: ContentPlace};

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

const bare = ({path, facts}: ExtractEntry): ArchiveEntry => ({path, facts, content: nothing()});

const hasContent = (entry: ExtractEntry): entry is WithContent => entry.content !== undefined;

/** The files of one layer, in the order in which it has them; those that it does not have after all are told. */
async function* filesOfLayer(
	engine: Engine,
	task: ExtractTask,
	wanted: readonly WithContent[],
	onLeftOut: (path: string, reason: string) => void,
	signal: AbortSignal,
): AsyncGenerator<ArchiveEntry, void, undefined> {
	const [first] = wanted;
	if (first === undefined) return;
	// By the name as it is told back; two names that are no UTF-8 may look alike.
	const byName = new Map<string, WithContent>();
	for (const entry of wanted) {
		const name = shownPath(entry.content.path);
		if (byName.has(name)) onLeftOut(entry.path, 'its name is no UTF-8');
		else byName.set(name, entry);
	}
	const files = readFiles(
		{kind: 'stream', open: opened => engine.saveImages([task.imageId], opened)},
		{layer: first.content, paths: new Set(byName.values().map(({content}) => content.path))},
		signal,
	);
	for await (const file of files) {
		const entry = byName.get(file.path);
		if (entry === undefined) continue;
		byName.delete(file.path);
		yield {...entry, content: file.content};
	}
	for (const {path} of byName.values()) onLeftOut(path, 'the layer does not have it');
}

/** Directories, then the files layer by layer, then the links to them. */
async function* entriesOf(
	engine: Engine,
	task: ExtractTask,
	onLeftOut: (path: string, reason: string) => void,
	signal: AbortSignal,
): AsyncGenerator<ArchiveEntry, void, undefined> {
	const {entries} = task;
	for (const entry of entries) if (entry.facts.kind === 'directory') yield bare(entry);
	const byLayer = Map.groupBy(entries.filter(hasContent), ({content}) => content.layer);
	for (const wanted of byLayer.values()) yield* filesOfLayer(engine, task, wanted, onLeftOut, signal);
	for (const entry of entries) if (entry.facts.kind !== 'directory' && !hasContent(entry)) yield bare(entry);
}

/**
 * Writes files of an image's layers to this machine, each layer read once. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's, ArchiveError
 */
export const extract = async (
	engine: Engine,
	task: ExtractTask,
	tell: (progress: TransferProgress) => void,
	signal: AbortSignal,
): Promise<void> => {
	const meter = createMeter(task.totalBytes, tell);
	const target = await realpath(task.target).catch((error: unknown) => {
		throw new LocalFileError(`${task.target}: ${localReason(error)}`);
	});
	const base = new Set(task.entries.map(({path}) => path.split('/', 1)[0] ?? ''));
	const entries = entriesOf(engine, task, meter.onLeftOut, signal);
	try {
		await unpack(entries, {target, base, isReplacing: task.isReplacing, ...meter});
	} finally {
		meter.report();
	}
};
