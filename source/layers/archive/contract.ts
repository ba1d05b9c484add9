import type {ImageConfig, ImageIdentity, TarEntry} from '../types.ts';

/** Takes a layer in while it is read. */
export type LayerVisitor = {
	readonly entry: (entry: TarEntry) => void;
	/** Its tar was read to its end. @param diffId `sha256:…` of it, uncompressed, as it was read */
	readonly end: (facts: {readonly diffId: string; readonly tarBytes: number}) => void;
};

export type ArchiveVisitor = {
	/**
	 * Something that may be a layer begins; which layers belong to the image is known at the end only.
	 * @param blob its path in the archive or layout
	 */
	readonly layer: (blob: string) => LayerVisitor;
	/** So much more of the archive was read, counted as it comes (compressed). */
	readonly onBytes: (count: number) => void;
};

/** One layer of the manifest. */
export type LayerBlob = {
	readonly diffId: string;
	/** Its path in the archive; absent for a foreign layer that is not in it. */
	readonly blob?: string;
	readonly mediaType: string;
	readonly urls: readonly string[];
};

/** The image of an archive, once that was read. */
export type ArchiveImage = {
	readonly identity: ImageIdentity;
	readonly config: ImageConfig;
	/** The lowest first. */
	readonly layers: readonly LayerBlob[];
};

/** Which image is meant where an archive holds several; without it there must be only one. */
export type ImageChoice = {
	readonly reference?: string;
	/** `os/architecture[/variant]`. */
	readonly platform?: string;
};

/** From where an image is read: a save stream or archive (opened when it is needed), or the folder of an OCI layout. */
export type ArchiveSource =
	| {readonly kind: 'stream'; readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>}
	| {readonly kind: 'layout'; readonly folder: string};
