import type {EngineEvent} from '../../engine/types.ts';
import {formatSize} from '../../format/bytes.ts';
import {events as eventResource} from '../../resources/events.ts';
import type {ListId, Resource} from '../../resources/resource.ts';
import {
	type TransferRow,
	type TransferState,
	transfers as transferResource,
} from '../../resources/transfers.ts';
import type {State, Transfer, TransferStatus} from '../model.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, sortingSelector} from './ordered.ts';

/** The rows of a list: sorted first, which the next letter of a filter does not ask for again. */
export const rowSelector = <Row>(
	list: ListId,
	resource: Resource<Row>,
	all: (state: State) => readonly Row[],
): ((state: State) => readonly Row[]) => {
	const selectSorting = sortingSelector(list);
	const selectSorted = createSelector(
		(state: State) => [all(state), selectSorting(state)],
		createSorter(resource),
	);
	return createSelector(
		(state: State) => [selectSorted(state), state.ui.lists[list].filter],
		(rows: readonly Row[], filter: string) => filtered(resource, rows, filter),
	);
};

const selectNewestEvents = createSelector(
	(state: State) => [state.events],
	(events: readonly EngineEvent[]) => events.toReversed(),
);

/** The newest first. */
export const selectEventRows = rowSelector('events', eventResource, selectNewestEvents);

const shownState = (status: TransferStatus): TransferState => {
	switch (status) {
		case 'queued':
		case 'running':
		case 'cancelling':
			return 'running';
		case 'done':
		case 'failed':
		case 'cancelled':
			return status;
	}
};

const layersDone = ({layers}: Transfer): string => {
	const all = [...layers.values()];
	const done = all.filter(({phase}) => phase === 'done' || phase === 'exists').length;
	return all.length === 0 ? '' : `${done}/${all.length} layers`;
};

/** How much came, as nobody may know of how much. */
const copyStatus = ({bytesDone, message, leftOutCount}: Transfer): string =>
	[
		...(message === '' ? ['waiting for the container'] : [formatSize(bytesDone), message]),
		...(leftOutCount === 0 ? [] : [`${leftOutCount} left out`]),
	].join(', ');

const statusOf = (transfer: Transfer): string => {
	switch (transfer.status) {
		case 'queued':
			return 'queued';
		case 'cancelling':
			return 'cancelling';
		case 'running':
			if (transfer.kind !== 'pull') return copyStatus(transfer);
			return layersDone(transfer) || transfer.message || 'asking the registry';
		case 'done':
			if (transfer.kind !== 'pull') return `${copyStatus(transfer)}, done`;
			// The engine's last word is "Status: Image is up to date for …" or "Status: Downloaded newer image for …".
			return transfer.message.includes('up to date') ? 'up to date' : 'done';
		case 'failed':
			return transfer.fault?.message ?? 'failed';
		case 'cancelled':
			return 'cancelled';
	}
};

const transferRow = (transfer: Transfer): TransferRow => {
	const {bytesDone, bytesTotal, rate} = transfer;
	const isMoving = transfer.status === 'running' && rate > 0 && (bytesDone < bytesTotal || bytesTotal === 0);
	const etaMs = ((bytesTotal - bytesDone) / rate) * 1000;
	return {
		id: transfer.id,
		direction: transfer.kind,
		reference: transfer.reference,
		state: shownState(transfer.status),
		status: statusOf(transfer),
		...(bytesTotal === 0 ? {} : {fraction: bytesDone / bytesTotal}),
		...(isMoving ? {bytesPerSecond: rate, ...(bytesTotal === 0 ? {} : {etaMs})} : {}),
	};
};

const selectNewestTransfers = createSelector(
	(state: State) => [state.transfers],
	(transfers: State['transfers']): readonly TransferRow[] =>
		[...transfers.values()].map(transferRow).toReversed(),
);

/** The newest first. */
export const selectTransferRows = rowSelector('transfers', transferResource, selectNewestTransfers);
