import {transferLayers as resource, type TransferLayerRow} from '../../resources/transfer-layers.ts';
import type {LayerProgress, State, Transfer} from '../model.ts';
import {isLayerOver} from '../slices/transfer-layers.ts';
import {isEnded} from '../slices/transfers.ts';
import {createSelector} from './memo.ts';
import {rowSelector} from './other-rows.ts';
import {transferFactRows} from './transfer-facts.ts';

/** The one whose screen is open, while it is on the list. */
export const openTransfer = ({ui: {screen}, transfers}: State): Transfer | undefined =>
	screen.kind === 'transfer' ? transfers.get(screen.transferId) : undefined;

export const hasLayers = ({kind}: Transfer): boolean => kind === 'pull' || kind === 'push';

type Look = Pick<TransferLayerRow, 'text' | 'tone'>;

const lookOf = ({phase, status}: LayerProgress, transfer: Transfer): Look => {
	switch (phase) {
		case 'done':
			return {text: transfer.kind === 'push' ? 'pushed' : 'complete', tone: 'good'};
		case 'exists':
			return {text: status.startsWith('Mounted from ') ? status.toLowerCase() : 'exists', tone: 'dim'};
		case 'waiting':
			// Whose download broke says so, second by second.
			return status.startsWith('Retrying in ')
				? {text: status.toLowerCase(), tone: 'watch'}
				: {text: 'waiting', tone: 'dim'};
		case 'downloading':
		case 'pushing':
			return {text: phase, tone: 'accent'};
		case 'extracting':
			return {text: phase, tone: 'info'};
		case 'preparing':
		case 'verifying':
		case 'downloaded':
			return {text: phase};
	}
};

const amountOf = (layer: LayerProgress): Pick<TransferLayerRow, 'fraction' | 'doneBytes' | 'totalBytes'> => {
	const {phase, currentBytes, unpackedBytes, totalBytes} = layer;
	if (totalBytes === undefined) {
		if (phase === 'exists' || phase === 'done') return {fraction: 1};
		return currentBytes === 0 ? {} : {doneBytes: currentBytes};
	}
	const bytes = phase === 'extracting' && unpackedBytes !== undefined ? unpackedBytes : currentBytes;
	const doneBytes = isLayerOver(layer) ? totalBytes : Math.min(bytes, totalBytes);
	return {doneBytes, totalBytes, fraction: totalBytes === 0 ? 1 : doneBytes / totalBytes};
};

const layerRow = (layer: LayerProgress, transfer: Transfer): TransferLayerRow => {
	const isStopped = isEnded(transfer.status) && transfer.status !== 'done' && !isLayerOver(layer);
	const look: Look = isStopped ? {text: 'stopped', tone: 'dim'} : lookOf(layer, transfer);
	return {key: layer.id, name: layer.id, ...look, ...amountOf(layer)};
};

const none: readonly TransferLayerRow[] = [];

const selectAll = createSelector(
	(state: State) => [openTransfer(state)],
	(transfer: Transfer | undefined): readonly TransferLayerRow[] => {
		if (transfer === undefined) return none;
		if (!hasLayers(transfer)) return transferFactRows(transfer);
		return [...transfer.layers.values()].map(layer => layerRow(layer, transfer));
	},
);

/** In the order in which the engine has named them. */
export const selectTransferLayerRows = rowSelector('transferLayers', resource, selectAll);
