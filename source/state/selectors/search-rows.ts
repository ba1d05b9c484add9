import type {SearchRow} from '../../resources/search.ts';
import type {State} from '../model.ts';

const none: readonly SearchRow[] = [];

export const selectSearchRows = (_state: State): readonly SearchRow[] => none;
