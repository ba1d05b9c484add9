import type {ProcessesRow} from '../../resources/processes.ts';
import type {State} from '../model.ts';

const none: readonly ProcessesRow[] = [];

/** The rows of the tab, in order. */
export const selectProcessesRows = (_state: State): readonly ProcessesRow[] => none;
