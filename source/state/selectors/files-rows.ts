import {joinPath} from '../../format/container-path.ts';
import {type FilesRow, files} from '../../resources/files.ts';
import type {State} from '../model.ts';
import type {FilesDirectory, FilesView} from '../views/files.ts';
import {createSelector} from './memo.ts';
import {rowSelector} from './other-rows.ts';

const none: readonly FilesRow[] = [];

/** What is in the directory shown, as it was read. */
const selectAllFiles: (state: State) => readonly FilesRow[] = createSelector(
	({files: view, ui}: State) => [view?.path, view?.directories, ui.lists.files.marks],
	(
		path: string | undefined,
		directories: FilesView['directories'] | undefined,
		marks: ReadonlySet<string>,
	): readonly FilesRow[] => {
		const directory: FilesDirectory | undefined = path === undefined ? undefined : directories?.get(path);
		if (path === undefined || directory === undefined) return none;
		return Array.from(directory.entries.values(), facts => {
			const key = joinPath(path, facts.name);
			const treeBytes = facts.kind === 'directory' ? directories?.get(key)?.treeBytes : undefined;
			return {key, facts, isMarked: marks.has(key), ...(treeBytes === undefined ? {} : {treeBytes})};
		});
	},
);

/** The rows of the tab, in order. */
export const selectFilesRows = rowSelector('files', files, selectAllFiles);

/** The keys of all rows, whether the filter shows them or not. */
export const allFileKeys = (state: State): readonly string[] => selectAllFiles(state).map(files.rowId);

/** The facts of rows by their keys; those that are not there any more are left out. */
export const filesNamed = (state: State, keys: readonly string[]): readonly FilesRow[] => {
	const wanted = new Set(keys);
	return selectAllFiles(state).filter(({key}) => wanted.has(key));
};
