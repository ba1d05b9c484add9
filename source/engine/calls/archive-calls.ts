import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import {referencePath} from '../paths.ts';
import type {TransferProgress} from '../types.ts';

export type ImportOptions = {
	/** `repository[:tag]`; empty: without a name. */
	readonly reference: string;
	readonly changes: readonly string[];
	readonly message: string;
	readonly platform?: string;
};

/** What came of a load or an import. */
export type LoadProgress = TransferProgress | {readonly kind: 'loaded'; readonly names: readonly string[]};

/** Of the `Engine` port: images as archives. */
export type ArchiveCalls = {
	/**
	 * `GET /images/get`: a tar of these images (tags, digests or ids). An engine with graph drivers packs them first
	 * and sends its first byte after seconds; closing the connection ends that.
	 */
	readonly saveImages: (references: readonly string[], signal: AbortSignal) => AsyncIterable<Uint8Array>;
	/** `POST /images/load`, of a tar, plain or compressed. */
	readonly loadImages: (
		archive: AsyncIterable<Uint8Array>,
		signal: AbortSignal,
	) => AsyncIterable<LoadProgress>;
	/** `POST /images/create?fromSrc=-`: an image of one layer from the tar of a root file system. */
	readonly importImage: (
		archive: AsyncIterable<Uint8Array>,
		options: ImportOptions,
		signal: AbortSignal,
	) => AsyncIterable<LoadProgress>;
};

export const archiveCalls = (client: EngineClient): ArchiveCalls => ({
	saveImages: (references, signal) => client.guarded('save', signal, savedImages(client, references, signal)),
	loadImages: () => {
		throw new EngineError('unsupported', 'still to come');
	},
	importImage: () => {
		throw new EngineError('unsupported', 'still to come');
	},
});

async function* savedImages(
	client: EngineClient,
	references: readonly string[],
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
	const query = references.map(name => `names=${encodeURIComponent(name)}`).join('&');
	const [only] = references;
	const path =
		references.length === 1 && only !== undefined
			? `/images/${referencePath(only)}/get`
			: `/images/get?${query}`;
	const response = await client.transport().open(client.versioned({operation: 'save', path}), signal);
	try {
		for await (const chunk of response) yield chunk;
	} finally {
		response.destroy();
	}
}
