import type {InspectRow} from '../../resources/inspect.ts';
import type {State} from '../model.ts';

const none: readonly InspectRow[] = [];

/** The rows of the tab, in order. */
export const selectInspectRows = (_state: State): readonly InspectRow[] => none;
