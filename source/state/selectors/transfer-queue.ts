import type {QueuedTransfer, TransferWork} from '../demand.ts';
import type {State, Transfer, TransferId} from '../model.ts';
import {createSelector} from './memo.ts';

const workOf = ({reference, copy, job, pull}: Transfer): TransferWork => {
	if (copy !== undefined) return {kind: 'copy', copy};
	if (job !== undefined) return {kind: 'job', job};
	return {kind: 'pull', reference, ...(pull && {choice: pull})};
};

const isWaiting = ({status}: Transfer): boolean => status === 'queued' || status === 'retrying';

/** Those that wait for their turn, in the order in which they were asked for. */
export const queuedTransfers = (transfers: State['transfers']): readonly QueuedTransfer[] =>
	[...transfers.values()].filter(isWaiting).map(transfer => ({
		id: transfer.id,
		work: workOf(transfer),
		tries: transfer.retry?.tries ?? 0,
		...(transfer.retry?.at === undefined ? {} : {startAt: transfer.retry.at}),
	}));

/** How many are before each of those that are queued. */
export const selectQueuePlaces: (state: State) => ReadonlyMap<TransferId, number> = createSelector(
	(state: State) => [state.transfers],
	(transfers: State['transfers']) =>
		new Map(
			transfers
				.values()
				.filter(({status}) => status === 'queued')
				.map(({id}, index) => [id, index] as const),
		),
);
