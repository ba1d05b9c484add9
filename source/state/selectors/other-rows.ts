import type {EngineEvent} from '../../engine/types.ts';
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
import {selectQueuePlaces} from './transfer-queue.ts';
import {transferFraction, transferStatus, transferTitle} from './transfer-status.ts';

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
		case 'retrying':
		case 'cancelling':
			return 'running';
		case 'done':
		case 'failed':
		case 'cancelled':
			return status;
	}
};

const transferRow = (transfer: Transfer, now: number, place: number | undefined): TransferRow => {
	const {bytesDone, bytesTotal, rate, waiting} = transfer;
	const fraction = transferFraction(transfer);
	const isMoving =
		transfer.status === 'running' &&
		waiting === undefined &&
		rate > 0 &&
		(bytesDone < bytesTotal || bytesTotal === 0);
	const etaMs = ((bytesTotal - bytesDone) / rate) * 1000;
	return {
		id: transfer.id,
		direction: transfer.kind,
		reference: transferTitle(transfer),
		state: shownState(transfer.status),
		status: transferStatus(transfer, now, place),
		...(fraction === undefined ? {} : {fraction}),
		...(isMoving ? {bytesPerSecond: rate, ...(bytesTotal === 0 ? {} : {etaMs})} : {}),
	};
};

/** Moves only while a row tells for how long it waits. */
const waitingNow = ({transfers, now}: State): number =>
	transfers
		.values()
		.some(({status, waiting}) => status === 'retrying' || (status === 'running' && waiting !== undefined))
		? Math.floor(now / 1000) * 1000
		: 0;

const selectNewestTransfers = createSelector(
	(state: State) => [state.transfers, waitingNow(state), selectQueuePlaces(state)],
	(
		transfers: State['transfers'],
		now: number,
		places: ReturnType<typeof selectQueuePlaces>,
	): readonly TransferRow[] =>
		[...transfers.values()].map(transfer => transferRow(transfer, now, places.get(transfer.id))).toReversed(),
);

/** The newest first. */
export const selectTransferRows = rowSelector('transfers', transferResource, selectNewestTransfers);
