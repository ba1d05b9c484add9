import type {ChangesRow} from '../../resources/changes.ts';
import type {State} from '../model.ts';

const none: readonly ChangesRow[] = [];

/** The rows of the tab, in order. */
export const selectChangesRows = (_state: State): readonly ChangesRow[] => none;
