import type {FileFacts} from '../../engine/file-types.ts';
import type {ContainerId, ImageId} from '../../engine/types.ts';

/** What may be said of a pull beside its reference. */
export type PullChoice = {
	/** `os/architecture[/variant]`; absent: the engine's own. */
	readonly platform?: string;
	/** Every tag of the repository. */
	readonly isAllTags?: boolean;
};

/** Writes images into an archive on this machine. */
export type SaveTask = {
	readonly kind: 'save';
	/** Tags, digests or ids. */
	readonly references: readonly string[];
	readonly path: string;
	readonly compression: 'none' | 'gzip' | 'zstd';
	readonly isReplacing: boolean;
	/** What the engine says the images take, for the bar; a guess. */
	readonly totalBytes?: number;
};

/** Reads images from an archive of this machine into the engine. */
export type LoadTask = {readonly kind: 'load'; readonly path: string; readonly totalBytes?: number};

/** Makes an image of the root file system in a tar of this machine. */
export type ImportTask = {
	readonly kind: 'import';
	readonly path: string;
	/** Empty: the image gets no name. */
	readonly reference: string;
	/** Dockerfile instructions: `CMD ["sh"]`, `ENV A=b` … */
	readonly changes: readonly string[];
	readonly message: string;
	readonly platform?: string;
	readonly totalBytes?: number;
};

/** Builds an image from a directory of this machine. */
export type BuildTask = {
	readonly kind: 'build';
	readonly directory: string;
	/** Relative to the directory, or anywhere on this machine; empty: `Dockerfile` in it. */
	readonly dockerfile: string;
	readonly tags: readonly string[];
	/** `null`: named without a value, and this machine has none. */
	readonly args: Readonly<Record<string, string | null>>;
	readonly labels: Readonly<Record<string, string>>;
	/** Empty: the last stage. */
	readonly target: string;
	readonly platform?: string;
	readonly isCacheless: boolean;
	/** Newer base images are pulled. */
	readonly isPulling: boolean;
	readonly builder: 'auto' | 'classic' | 'buildkit';
};

/** Where the content of a file is kept in an image. */
export type ContentPlace = {
	/** Index of the layer, and its digest. */
	readonly layer: number;
	readonly diffId: string;
	/** Its path in the engine's archive, where that is known. */
	readonly blob?: string;
	/** Latin1, as the layer has it. */
	readonly path: string;
};

/** One path that is written. */
export type ExtractEntry = {
	/** From the target on, without a slash before it. */
	readonly path: string;
	readonly facts: FileFacts;
	/** Of a file; without it it stays empty. */
	readonly content?: ContentPlace;
};

/** Writes files of an image's layers to this machine. */
export type ExtractTask = {
	readonly kind: 'extract';
	readonly imageId: ImageId;
	/** Directories before what is in them. */
	readonly entries: readonly ExtractEntry[];
	/** A directory that is there. */
	readonly target: string;
	readonly isReplacing: boolean;
	readonly totalBytes: number;
};

/** Sends an image to the registry that its name says. */
export type PushTask = {
	readonly kind: 'push';
	/** With a tag; the image has that name. */
	readonly reference: string;
	/** What was asked to be pushed: if the name is another image's by then, nothing is. */
	readonly imageId: ImageId;
	/** `os[/architecture[/variant]]`; absent: all that the engine has of it. */
	readonly platform?: string;
};

/** An image that is sent, by a name of it where it has one. */
export type MovedImage = {readonly imageId: ImageId; readonly reference?: string};

/** Sends images from this engine to another. */
export type MoveTask = {
	readonly kind: 'move';
	/** None where a container is committed first. */
	readonly images: readonly MovedImage[];
	/** The container whose image is made, and sent then. */
	readonly commit?: {
		readonly containerId: ContainerId;
		readonly name: string;
		/** What the image is called. */
		readonly reference: string;
		readonly isPausing: boolean;
	};
	/** Of the other engine's `EngineChoice`. */
	readonly engineId: string;
	/** What the two engines are called. */
	readonly from: string;
	readonly to: string;
	/** What the images take, for the bar; a guess. */
	readonly totalBytes?: number;
};

/** An archive that is written or read. */
export type ArchiveJob = SaveTask | LoadTask | ImportTask;

/** What is done with images on the engine and on this machine, as a transfer. */
export type ImageJob = ArchiveJob | BuildTask | ExtractTask | PushTask | MoveTask;
