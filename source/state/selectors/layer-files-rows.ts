import type {LayerFileRow} from '../../resources/layer-files.ts';
import type {State} from '../model.ts';

const none: readonly LayerFileRow[] = [];

export const selectLayerFileRows = (_state: State): readonly LayerFileRow[] => none;
