import type {ArchiveEntry, FileFacts} from '../engine/file-types.ts';
import {joinPath} from '../format/container-path.ts';
import {type FilesFact, filesKept} from '../state/views/files.ts';

export type ListedDirectory = Extract<FilesFact, {type: 'engine/files-listed'}>['directories'][number];

/** What an archive that comes depth first has told of the directories in it. */
export type FilesIndex = {
	readonly add: (entry: Pick<ArchiveEntry, 'path' | 'facts'>) => void;
	/** Everything came. */
	readonly end: () => void;
	/** What is new since it was last asked. */
	readonly take: () => readonly ListedDirectory[];
	readonly entryCount: () => number;
	/** There were more names beneath than are kept. */
	readonly isFull: () => boolean;
};

type Open = {
	readonly path: string;
	readonly entries: FileFacts[];
	/** How many of them were told. */
	told: number;
	bytes: number;
	/** Names of it or beneath it were let go. */
	isCut: boolean;
};

const partsOf = (path: string): readonly string[] =>
	path.split('/').filter(part => part !== '' && part !== '.');

/**
 * @param root the path that was asked for; an archive's names begin with its last part
 * @param limit names kept; those of the root itself come before those beneath
 */
export const createFilesIndex = (root: string, limit = filesKept): FilesIndex => {
	const rootParts = root === '/' ? 0 : 1;
	const openOf = (path: string): Open => ({path, entries: [], told: 0, bytes: 0, isCut: false});
	const open: Open[] = [openOf(root)];
	let done: ListedDirectory[] = [];
	let entryCount = 0;
	let keptCount = 0;
	let isFull = false;

	const close = (): void => {
		const directory = open.pop();
		if (directory === undefined) return;
		const {path, entries, bytes, isCut, told} = directory;
		done.push(
			isCut
				? {path, entries: entries.slice(told), isComplete: false}
				: {path, entries, isComplete: true, treeBytes: bytes},
		);
		const parent = open.at(-1);
		if (parent === undefined) return;
		parent.bytes += bytes;
		// The names of the root are all there, whatever was let go beneath.
		parent.isCut ||= isCut && open.length > 1;
	};

	/** The directory that holds it, with all that is over by now closed. */
	const holderOf = (parents: readonly string[]): Open | undefined => {
		while (open.length - 1 > parents.length || !isOpen(parents)) close();
		for (const part of parents.slice(open.length - 1)) {
			const parent = open.at(-1);
			if (parent === undefined) return undefined;
			open.push(openOf(joinPath(parent.path, part)));
		}
		return open.at(-1);
	};

	const isOpen = (parents: readonly string[]): boolean =>
		open.slice(1).every((directory, index) => directory.path.endsWith(`/${parents[index]}`));

	return {
		add({path, facts}) {
			const parts = partsOf(path).slice(rootParts);
			const name = parts.at(-1);
			if (name === undefined || parts.includes('..')) return;
			entryCount += 1;
			const holder = holderOf(parts.slice(0, -1));
			if (holder === undefined) return;
			if (facts.kind === 'file') holder.bytes += facts.sizeBytes;
			if (keptCount >= limit && open.length > 1) {
				isFull = true;
				holder.isCut = true;
			} else if (keptCount < 2 * limit) {
				keptCount += 1;
				holder.entries.push({...facts, name});
			}
			// An empty one is told too: nothing is beneath it.
			if (facts.kind === 'directory') holderOf(parts);
		},
		end() {
			while (open.length > 0) close();
		},
		take() {
			const fresh = open.flatMap(directory => {
				const entries = directory.entries.slice(directory.told);
				directory.told = directory.entries.length;
				return entries.length === 0 ? [] : [{path: directory.path, entries, isComplete: false}];
			});
			const told = [...done, ...fresh];
			done = [];
			return told;
		},
		entryCount: () => entryCount,
		isFull: () => isFull,
	};
};
