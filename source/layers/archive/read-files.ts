import {ArchiveError} from '../types.ts';
import {quoted} from './archive-text.ts';
import type {ArchiveSource, ImageChoice} from './contract.ts';
import {createFilePicker, type FilePicker, type PickedFile} from './file-picker.ts';
import {type LayerPlace, layerBytes} from './layer-bytes.ts';
import {openLayer} from './open-archive.ts';
import {type TarContent, tarContents} from './tar-contents.ts';

export type FilesRequest = {
	/** Without `blob` the image may have to be read once more to find it. */
	readonly layer: LayerPlace;
	/** As the image was chosen. */
	readonly choice?: ImageChoice;
	/** Latin1, as `TarEntry.path`. */
	readonly paths: ReadonlySet<string>;
	/** Of hard links among them: where their content stands. Without it another pass may be needed. */
	readonly linkTargets?: ReadonlyMap<string, string>;
};

/** A file of a layer; names are the text that was meant (UTF-8). */
export type LayerFile = {
	readonly path: string;
	readonly facts: {
		readonly name: string;
		readonly kind: PickedFile['kind'];
		readonly sizeBytes: number;
		readonly mode: number;
		readonly uid: number;
		readonly gid: number;
		/** Epoch ms. */
		readonly modifiedAt: number;
		readonly linkTarget?: string;
	};
	/** Of the file at hand only; what is not read of it is stepped over. */
	readonly content: AsyncIterable<Uint8Array>;
};

/**
 * Files of one layer with their content, in the order of its tar, from another reading of the image; that ends as
 * soon as all of them were given, or when the caller leaves. A hard link comes as one where its file was given
 * before, else as the file. What the layer does not have is left out.
 * @throws ArchiveError; what the source throws; the signal's reason
 */
export async function* readFiles(
	source: ArchiveSource,
	request: FilesRequest,
	signal: AbortSignal,
): AsyncGenerator<LayerFile, void, undefined> {
	const {layer, paths, linkTargets = new Map()} = request;
	const first = createFilePicker(paths, linkTargets);
	const blob = yield* picked(source, request, layer, first, signal);
	const missed = first.missed();
	if (missed.size === 0) return;
	const second = createFilePicker(new Set(missed.keys()), missed);
	yield* picked(source, request, {...layer, blob}, second, signal);
}

/** @returns where the layer lies */
async function* picked(
	source: ArchiveSource,
	{choice = {}}: FilesRequest,
	layer: LayerPlace,
	picker: FilePicker,
	signal: AbortSignal,
): AsyncGenerator<LayerFile, string, undefined> {
	let place = '';
	for await (const {blob, bytes} of layerBytes(source, layer, choice, signal)) {
		place = blob;
		for await (const entry of tarContents(openLayer(bytes, blob), blob, picker.pick)) {
			signal.throwIfAborted();
			yield layerFile(entry, blob);
			if (picker.isLast(entry.choice)) return place;
		}
		break;
	}
	return place;
}

const meant = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

const refused = (error: ArchiveError): AsyncIterable<never> => ({
	[Symbol.asyncIterator]: () => ({next: () => Promise.reject(error)}),
});

const withHoles = (path: string, blob: string): AsyncIterable<never> =>
	refused(
		new ArchiveError('unsupported', `${blob}: ${quoted(path)}: files stored with holes are not supported`),
	);

const layerFile = ({choice, content}: TarContent<PickedFile>, blob: string): LayerFile => {
	const {kind, facts, linkTarget} = choice;
	const path = meant(choice.path);
	const isSparse = kind === 'file' && facts.storedBytes !== facts.sizeBytes;
	return {
		path,
		facts: {
			name: path.slice(path.lastIndexOf('/') + 1) || '/',
			kind,
			sizeBytes: facts.sizeBytes,
			mode: facts.mode,
			uid: facts.uid,
			gid: facts.gid,
			modifiedAt: facts.modifiedAtSeconds * 1000,
			...(linkTarget === '' ? {} : {linkTarget: meant(linkTarget)}),
		},
		content: isSparse ? withHoles(choice.path, blob) : content,
	};
};

/**
 * The beginning of one file.
 * @returns `undefined` when the layer has none there; `isWhole`: there is no more than this
 * @throws as `readFiles`
 */
export const readFileStart = async (
	source: ArchiveSource,
	request: Omit<FilesRequest, 'paths'> & {readonly path: string},
	maxBytes: number,
	signal: AbortSignal,
): Promise<
	{readonly facts: LayerFile['facts']; readonly bytes: Buffer; readonly isWhole: boolean} | undefined
> => {
	for await (const {facts, content} of readFiles(
		source,
		{...request, paths: new Set([request.path])},
		signal,
	)) {
		const parts: Uint8Array[] = [];
		let length = 0;
		for await (const part of content) {
			parts.push(part);
			length += part.length;
			if (length >= maxBytes) break;
		}
		const bytes = Buffer.concat(parts).subarray(0, maxBytes);
		return {facts, bytes, isWhole: facts.sizeBytes <= bytes.length};
	}
	return undefined;
};
