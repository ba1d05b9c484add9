import {repositoryOf} from '../../format/repository.ts';
import type {QueuedTransfer, TransferWork} from '../demand.ts';
import type {State, Transfer, TransferId} from '../model.ts';
import {isEnded} from '../slices/transfers.ts';
import {createSelector} from './memo.ts';

const workOf = ({reference, copy, job, pull}: Transfer): TransferWork => {
	if (copy !== undefined) return {kind: 'copy', copy};
	if (job !== undefined) return {kind: 'job', job};
	return {kind: 'pull', reference, ...(pull && {choice: pull})};
};

const isWaiting = ({status}: Transfer): boolean => status === 'queued' || status === 'retrying';

const pushedTo = ({job}: Transfer): string | undefined =>
	job?.kind === 'push' ? repositoryOf(job.reference) : undefined;

/**
 * The first push of each repository that has not ended. Registries lose layers that come into one repository twice at
 * the same time ("manifest blob unknown"), so the others wait for it, as `docker push --all-tags` lets them.
 */
const firstPushes = (transfers: State['transfers']): ReadonlyMap<string, TransferId> => {
	const first = new Map<string, TransferId>();
	for (const transfer of transfers.values()) {
		const repository = pushedTo(transfer);
		if (repository === undefined || isEnded(transfer.status) || first.has(repository)) continue;
		first.set(repository, transfer.id);
	}
	return first;
};

/** Those whose turn may come, in the order in which they were asked for. */
export const queuedTransfers = (transfers: State['transfers']): readonly QueuedTransfer[] => {
	const first = firstPushes(transfers);
	const mayBegin = (transfer: Transfer): boolean => {
		const repository = pushedTo(transfer);
		return isWaiting(transfer) && (repository === undefined || first.get(repository) === transfer.id);
	};
	return [...transfers.values()].filter(mayBegin).map(transfer => ({
		id: transfer.id,
		work: workOf(transfer),
		tries: transfer.retry?.tries ?? 0,
		...(transfer.retry?.at === undefined ? {} : {startAt: transfer.retry.at}),
	}));
};

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
