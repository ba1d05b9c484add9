import type {OutdatedRow} from '../../resources/outdated.ts';
import type {State} from '../model.ts';

const none: readonly OutdatedRow[] = [];

export const selectOutdatedRows = (_state: State): readonly OutdatedRow[] => none;
