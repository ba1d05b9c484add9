import type {IncomingMessage} from 'node:http';
import {Readable} from 'node:stream';
import {isAtLeast} from '../api-version.ts';
import {wholeTar} from '../archive/whole-tar.ts';
import {withoutZstd} from '../archive/zstd.ts';
import {decodeLoad} from '../decode/load.ts';
import {parseProgressLine} from '../decode/transfer.ts';
import type {EngineClient} from '../engine-client.ts';
import {linesOf} from '../line-splitter.ts';
import {referencePath, splitReference} from '../paths.ts';
import {platformFor} from '../platform.ts';
import type {TransferProgress} from '../types.ts';

export type SaveOptions = {
	/** A chunk is good until the next is asked for, then its memory is filled anew: a third of the work. */
	readonly isLent?: boolean;
};

export type ImportOptions = {
	/** `repository[:tag]`; empty: without a name. */
	readonly reference: string;
	/** Dockerfile instructions. */
	readonly changes: readonly string[];
	readonly message: string;
	/** `os[/architecture[/variant]]`; API >= 1.32. */
	readonly platform?: string;
};

/** Of the `Engine` port: images as archives. */
export type ArchiveCalls = {
	/**
	 * `GET /images/get`: a tar of these images (tags, digests or ids). An engine with graph drivers packs them first
	 * and sends its first byte after seconds; closing the connection ends that. Throws for an archive without an end.
	 */
	readonly saveImages: (
		references: readonly string[],
		signal: AbortSignal,
		options?: SaveOptions,
	) => AsyncIterable<Uint8Array>;
	/** `POST /images/load`, of a tar, plain or compressed. Throws what the archive throws. */
	readonly loadImages: (
		archive: AsyncIterable<Uint8Array>,
		signal: AbortSignal,
	) => AsyncIterable<TransferProgress>;
	/**
	 * `POST /images/create?fromSrc=-`: an image of one layer from the tar of a root file system, plain or compressed.
	 * The result is its id. Throws what the archive throws.
	 */
	readonly importImage: (
		archive: AsyncIterable<Uint8Array>,
		options: ImportOptions,
		signal: AbortSignal,
	) => AsyncIterable<TransferProgress>;
};

export const archiveCalls = (client: EngineClient): ArchiveCalls => ({
	saveImages: (references, signal, options = {}) =>
		wholeTar(
			client.guarded('save', signal, savedImages(client, references, signal, options)),
			'save',
			signal,
		),
	loadImages: (archive, signal) => {
		const request = {operation: 'load', path: '/images/load?quiet=0'};
		return client.guarded('load', signal, told(client, request, archive, signal));
	},
	importImage: (archive, options, signal) => {
		const request = {operation: 'import', path: importPath(client, options)};
		return client.guarded('import', signal, told(client, request, archive, signal));
	},
});

async function* savedImages(
	client: EngineClient,
	references: readonly string[],
	signal: AbortSignal,
	{isLent = false}: SaveOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
	const query = references.map(name => `names=${encodeURIComponent(name)}`).join('&');
	const [only] = references;
	const path =
		references.length === 1 && only !== undefined
			? `/images/${referencePath(only)}/get`
			: `/images/get?${query}`;
	const request = client.versioned({operation: 'save', path});
	const lent = isLent ? await client.transport().openLent(request.path, signal) : undefined;
	if (lent !== undefined) {
		yield* lent;
		return;
	}
	const response = await client.transport().open(request, signal);
	try {
		for await (const chunk of response) yield chunk;
	} finally {
		response.destroy();
	}
}

const importPath = (client: EngineClient, options: ImportOptions): string => {
	const {reference, changes, message, platform} = options;
	const {repository, tag} = reference === '' ? {repository: '', tag: ''} : splitReference(reference);
	const query = new URLSearchParams({fromSrc: '-', repo: repository, tag, message});
	for (const change of changes) query.append('changes', change);
	if (platform !== undefined) query.append('platform', platformFor(client, platform));
	return `/images/create?${query}`;
};

/** Since when an engine unpacks zstd by itself: Docker 23. */
const zstdSince = '1.42';

/** Sends the archive, and reads what the engine tells of it: mostly when it has all of it. */
async function* told(
	client: EngineClient,
	{operation, path}: {readonly operation: string; readonly path: string},
	archive: AsyncIterable<Uint8Array>,
	signal: AbortSignal,
): AsyncGenerator<TransferProgress, void, undefined> {
	const knowsZstd = isAtLeast(client.apiVersion() || zstdSince, zstdSince);
	const upload = Readable.from(knowsZstd ? archive : withoutZstd(archive), {
		objectMode: false,
		highWaterMark: 1 << 20,
	});
	let broken: unknown;
	upload.once('error', error => {
		broken = error;
	});
	const request = {
		operation,
		method: 'POST' as const,
		path,
		headers: {'Content-Type': 'application/x-tar'},
		upload,
	};
	let response: IncomingMessage | undefined;
	try {
		response = await client.transport().open(client.versioned(request), signal);
		for await (const line of linesOf(response)) {
			const progress = decodeLoad(parseProgressLine(line), operation);
			if (progress !== undefined) yield progress;
		}
	} catch (error) {
		throw broken ?? error;
	} finally {
		upload.destroy();
		response?.destroy();
	}
}
