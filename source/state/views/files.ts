import type {FileFacts} from '../../engine/file-types.ts';
import type {ContainerId} from '../../engine/types.ts';
import type {Fault} from '../loading.ts';
import type {Movement} from '../movement.ts';

/** What is known of one directory. */
export type FilesDirectory = {
	readonly entries: ReadonlyMap<string, FileFacts>;
	/** All its names are known. */
	readonly isComplete: boolean;
	/** Of all files beneath; known once everything beneath was read. */
	readonly treeBytes?: number;
};

/** How the reading of a directory and all beneath it goes, or how it ended before it was complete. */
export type FilesReading = {
	readonly path: string;
	/** `paused`: it took its time, and would go on if asked; `full`: more names than are kept. */
	readonly status: 'reading' | 'paused' | 'full' | 'failed';
	readonly bytes: number;
	readonly entryCount: number;
	readonly fault?: Fault;
};

/** A file's head, as far as it was read. */
export type FileContent = {
	readonly path: string;
	readonly facts: FileFacts;
	readonly bytes: Uint8Array;
	/** How much is wanted of it. */
	readonly limitBytes: number;
	/** Everything up to the limit, or to the end, is there. */
	readonly isRead: boolean;
	readonly fault?: Fault;
	/** Chosen by the reader; else what the content looks like. */
	readonly layout?: 'text' | 'hex';
	/** First line shown, and the first cell of it. */
	readonly offset: number;
	readonly column: number;
};

/** The container's file system, as its tab shows it. */
export type FilesView = {
	readonly containerId: ContainerId;
	/** The directory shown. */
	readonly path: string;
	readonly directories: ReadonlyMap<string, FilesDirectory>;
	readonly reading?: FilesReading;
	/** The reader wants this directory to its end, however long that takes. */
	readonly isPatient: boolean;
	/** Counts the wishes to read again. */
	readonly turn: number;
	/** A path that was asked for: what is there is not known yet. */
	readonly going?: string;
	/** Why the path asked for last could not be opened. */
	readonly goingFault?: {readonly path: string; readonly fault: Fault};
	readonly content?: FileContent;
};

/** A copy between a container and this machine. */
export type CopyTask = {
	readonly direction: 'out' | 'in';
	readonly containerId: ContainerId;
	/** Absolute: in the container for `out`, here for `in`. */
	readonly sources: readonly string[];
	/** The directory they go to, on the other side. */
	readonly target: string;
	/** What is there already is replaced; else it is refused. */
	readonly isReplacing: boolean;
	/** When it is known beforehand. */
	readonly totalBytes?: number;
};

/** What its reader wants. */
export type FilesIntent =
	/** Opens the tab at a path: a directory, a file in the viewer, or what a link leads to. */
	| {readonly type: 'files/wanted'; readonly containerId: ContainerId; readonly path: string}
	/** Goes to what is known to be a directory. */
	| {readonly type: 'files/entered'; readonly path: string}
	| {readonly type: 'files/reread'}
	| {readonly type: 'files/read-on'}
	| {readonly type: 'files/refusal-dismissed'}
	| {readonly type: 'files/content-closed'}
	| {readonly type: 'files/layout-toggled'}
	| {readonly type: 'files/more-wanted'}
	| {readonly type: 'files/scrolled'; readonly movement: Movement}
	/** @param count cells to the right */
	| {readonly type: 'files/shifted'; readonly count: number};

/** What the engine told. */
export type FilesFact =
	| {
			readonly type: 'engine/files-listed';
			readonly containerId: ContainerId;
			/** What the reading began with. */
			readonly root: string;
			/** A complete one replaces what was known, another adds to it. */
			readonly directories: readonly {
				readonly path: string;
				readonly entries: readonly FileFacts[];
				readonly isComplete: boolean;
				readonly treeBytes?: number;
			}[];
			readonly bytes: number;
			readonly entryCount: number;
	  }
	/** Reading stopped before the end. */
	| {
			readonly type: 'engine/files-halted';
			readonly containerId: ContainerId;
			readonly root: string;
			readonly status: 'paused' | 'full' | 'failed';
			readonly fault?: Fault;
	  }
	/** What is at the path that was asked for; `path` is where a link led to. */
	| {
			readonly type: 'engine/files-found';
			readonly containerId: ContainerId;
			readonly asked: string;
			readonly path: string;
			readonly facts: FileFacts;
	  }
	| {
			readonly type: 'engine/files-missed';
			readonly containerId: ContainerId;
			readonly asked: string;
			readonly fault: Fault;
	  }
	| {
			readonly type: 'engine/files-content';
			readonly containerId: ContainerId;
			readonly path: string;
			/** From its beginning. */
			readonly bytes: Uint8Array;
			readonly isRead: boolean;
			readonly fault?: Fault;
	  }
	/** Something was written into a directory: what is known of it is old. */
	| {
			readonly type: 'engine/files-changed';
			readonly containerId: ContainerId;
			readonly path: string;
	  };

export type FilesMessage = FilesIntent | FilesFact;

/** One thing at a time: the engine lets one request into a container's file system. */
export type FilesJob =
	| {readonly kind: 'look'; readonly path: string}
	| {readonly kind: 'content'; readonly path: string; readonly limitBytes: number}
	| {readonly kind: 'list'; readonly path: string; readonly isPatient: boolean; readonly turn: number};

/** What the tab needs from the engine. */
export type FilesDemand = {readonly containerId: ContainerId; readonly job?: FilesJob};

/** Names kept of one container's file system. */
export const filesKept = 200_000;
/** How much of a file is read at first, and more at each wish. */
export const contentStepBytes = 1 << 20;
