export type FileKind =
	| 'file'
	| 'directory'
	| 'symlink'
	/** Another name of a file that came before it in the same archive. */
	| 'hardlink'
	| 'character-device'
	| 'block-device'
	| 'fifo'
	| 'socket';

/** One name in a container's file system. */
export type FileFacts = {
	readonly name: string;
	readonly kind: FileKind;
	readonly sizeBytes: number;
	/** The lower twelve bits: permissions, setuid, setgid, sticky. */
	readonly mode: number;
	readonly modifiedAt: number;
	/** Not told by a stat. */
	readonly uid?: number;
	readonly gid?: number;
	/** Of a link, as it is written there; from a stat: resolved, absolute in the container. */
	readonly linkTarget?: string;
};

/** One entry of an archive, as it comes. */
export type ArchiveEntry = {
	/** Its name in the archive, as the archive spells it: not to be trusted. */
	readonly path: string;
	readonly facts: FileFacts;
	/** The content; what is not read of it is skipped when the next entry is asked for. */
	readonly content: AsyncIterable<Uint8Array>;
};
