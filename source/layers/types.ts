import {sanitise} from '../format/sanitise.ts';

/**
 * What an image is made of, as its layers say it. Paths and link targets are bytes: in a text of this folder one
 * character stands for one byte (latin1), as names in a layer need not be UTF-8.
 */

/** What an entry of a layer is; `LayerEntries.kinds` holds the index. `whiteout`: it hides what lower layers have there. */
export const entryKinds = [
	'file',
	'directory',
	'symlink',
	'hardlink',
	'character-device',
	'block-device',
	'fifo',
	'whiteout',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One entry of a layer's tar, as it comes. */
export type TarEntry = {
	/** Without `./` or `/` before it and `/` behind it; the root is empty. */
	readonly path: string;
	readonly kind: Exclude<EntryKind, 'whiteout'>;
	/** Of a file; 0 for all else. */
	readonly sizeBytes: number;
	/** The lower twelve bits. */
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Seconds since the epoch, fractions of one too. */
	readonly modifiedAtSeconds: number;
	/** Of a symlink as it is written there; of a hard link a path like `path`; else empty. */
	readonly linkTarget: string;
	/** CRC-32 of a file's content; of a device its major number × 2²⁰ + its minor number; else 0. */
	readonly sum: number;
	/** CRC-32 over the extended attributes; 0 without any. */
	readonly attributesSum: number;
};

/** The names of all that any layer of an image has: a tree of numbered nodes. */
export type PathTable = {
	/** Node 0 is the root. */
	readonly count: number;
	/** A parent's number is smaller than its children's; -1 for the root. */
	readonly parents: Int32Array;
	/** Where each name begins in `nameBytes`; one more than there are nodes. */
	readonly nameStarts: Uint32Array;
	readonly nameBytes: Uint8Array;
};

/** The entries of one layer as columns; a path that comes twice is there once, as the last entry of it says. */
export type LayerEntries = {
	readonly count: number;
	/** The node of each in the `PathTable`. */
	readonly nodes: Int32Array;
	/** Index into `entryKinds`. */
	readonly kinds: Uint8Array;
	readonly sizes: Float64Array;
	readonly modes: Uint16Array;
	readonly uids: Uint32Array;
	readonly gids: Uint32Array;
	/** Seconds since the epoch. */
	readonly times: Float64Array;
	/** As `TarEntry.sum`. */
	readonly sums: Uint32Array;
	readonly attributeSums: Uint32Array;
	/** Of a hard link the node it is another name of, of a symlink the index of its target; else -1. */
	readonly links: Int32Array;
	/** The targets of symlinks, latin1. */
	readonly targets: readonly string[];
	/** Nodes of the directories that hide all that lower layers have in them. */
	readonly opaque: Int32Array;
};

export type ImageLayer = {
	/** 0 is the lowest. */
	readonly index: number;
	/** `sha256:…` of the layer's uncompressed tar: what it is known by in every image. */
	readonly diffId: string;
	/** Its path in the archive that was read; absent of one that was remembered. */
	readonly blob?: string;
	/** The instruction that made it, whole. */
	readonly createdBy: string;
	readonly comment: string;
	/** Epoch ms. */
	readonly createdAt?: number;
	/** Of the uncompressed tar; absent until it was read. */
	readonly tarBytes?: number;
	/** Sum of its files' sizes; absent until it was read. */
	readonly contentBytes?: number;
	/** Absent until it was read. */
	readonly entries?: LayerEntries;
	/** Why it has none: it is not in the archive (a foreign layer). */
	readonly absence?: string;
};

export type HistoryStep = {
	readonly createdBy: string;
	readonly comment: string;
	readonly createdAt?: number;
	/** It made no layer. */
	readonly isEmpty: boolean;
};

/** An image's configuration (OCI image-spec `config.md`). */
export type ImageConfig = {
	readonly architecture: string;
	readonly variant?: string;
	readonly os: string;
	readonly author: string;
	readonly createdAt?: number;
	readonly env: readonly string[];
	/** Absent: none is set. */
	readonly entrypoint?: readonly string[];
	readonly command?: readonly string[];
	readonly user: string;
	readonly workingDirectory: string;
	/** `80/tcp` … */
	readonly exposedPorts: readonly string[];
	readonly volumes: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly stopSignal: string;
	readonly shell: readonly string[];
	readonly onBuild: readonly string[];
	readonly healthCheck?: HealthCheck;
	/** Of the layers, the lowest first. */
	readonly diffIds: readonly string[];
	/** Oldest first; empty where the image keeps none. */
	readonly history: readonly HistoryStep[];
};

/** Times in ms; 0 or absent: the engine's own. */
export type HealthCheck = {
	/** `NONE`, `CMD …` or `CMD-SHELL …`. */
	readonly test: readonly string[];
	readonly intervalMs: number;
	readonly timeoutMs: number;
	readonly startPeriodMs: number;
	readonly retries: number;
};

/** An image as far as it was read. New after each layer; what it is made of is shared. */
export type ImageTree = {
	readonly paths: PathTable;
	/** The lowest first; those that were not read yet have no entries. */
	readonly layers: readonly ImageLayer[];
	/** Absent until it is known. */
	readonly config?: ImageConfig;
	/** All of it was read. */
	readonly isComplete: boolean;
};

/** Names and digests under which an archive knows the image. */
export type ImageIdentity = {
	/** `sha256:…` of the configuration. */
	readonly configDigest: string;
	/** Of the manifest, in an OCI layout. */
	readonly manifestDigest?: string;
	readonly references: readonly string[];
	/** `linux/arm64/v8`. */
	readonly platform: string;
};

/** What can be wrong with an archive or a layout; the message is one line and names the entry. */
export class ArchiveError extends Error {
	override readonly name = 'ArchiveError';

	/** `choose`: it holds several images or platforms, the message lists them. */
	readonly kind: 'damaged' | 'unsupported' | 'no-image' | 'missing' | 'choose';
	readonly choices: readonly string[];

	constructor(kind: ArchiveError['kind'], message: string, choices: readonly string[] = []) {
		super(sanitise(message));
		this.kind = kind;
		this.choices = choices;
	}
}
