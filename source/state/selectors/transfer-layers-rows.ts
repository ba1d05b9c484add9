import type {TransferLayerRow} from '../../resources/transfer-layers.ts';
import type {State} from '../model.ts';

const none: readonly TransferLayerRow[] = [];

export const selectTransferLayerRows = (_state: State): readonly TransferLayerRow[] => none;
