import type {WasteRow} from '../../resources/waste.ts';
import type {State} from '../model.ts';

const none: readonly WasteRow[] = [];

export const selectWasteRows = (_state: State): readonly WasteRow[] => none;
