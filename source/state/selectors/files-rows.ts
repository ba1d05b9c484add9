import type {FilesRow} from '../../resources/files.ts';
import type {State} from '../model.ts';

const none: readonly FilesRow[] = [];

/** The rows of the tab, in order. */
export const selectFilesRows = (_state: State): readonly FilesRow[] => none;
