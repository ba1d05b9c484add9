import type {LayerRow} from '../../resources/layers.ts';
import type {State} from '../model.ts';

const none: readonly LayerRow[] = [];

export const selectLayerRows = (_state: State): readonly LayerRow[] => none;
