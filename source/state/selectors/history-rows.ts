import type {HistoryRow} from '../../resources/history.ts';
import type {State} from '../model.ts';

const none: readonly HistoryRow[] = [];

export const selectHistoryRows = (_state: State): readonly HistoryRow[] => none;
