import type {CompareRow} from '../../resources/compare.ts';
import type {State} from '../model.ts';

const none: readonly CompareRow[] = [];

export const selectCompareRows = (_state: State): readonly CompareRow[] => none;
