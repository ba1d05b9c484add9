import type {EngineEvent} from '../../engine/types.ts';
import {formatSize} from '../../format/bytes.ts';
import {events as eventResource} from '../../resources/events.ts';
import {type ImageRow, images as imageResource} from '../../resources/images.ts';
import type {ListId, Resource} from '../../resources/resource.ts';
import {
	type TransferRow,
	type TransferState,
	transfers as transferResource,
} from '../../resources/transfers.ts';
import type {State, Transfer, TransferStatus} from '../model.ts';
import {buildFraction, buildStatus} from './build-row.ts';
import {selectUsers} from './containers.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, sortingSelector} from './ordered.ts';

/** A row for each tag; one for an image without any. */
const selectAllImages: (state: State) => readonly ImageRow[] = createSelector(
	(state: State) => [state.images.byId, selectUsers(state), state.ui.lists.images.marks, state.busy],
	(
		byId: State['images']['byId'],
		users: ReturnType<typeof selectUsers>,
		marks: ReadonlySet<string>,
		busy: State['busy'],
	): readonly ImageRow[] =>
		[...byId.values()].flatMap(image => {
			const tags = image.tags.length === 0 ? [undefined] : image.tags;
			return tags.map(tag => {
				const row = {image, usedBy: users.get(image.id)?.length ?? 0, ...(tag === undefined ? {} : {tag})};
				const key = imageResource.rowId({...row, isMarked: false});
				const verb = busy.get(key)?.verb;
				return {...row, isMarked: marks.has(key), ...(verb === undefined ? {} : {busyVerb: verb})};
			});
		}),
);

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

export const selectImageRows = rowSelector('images', imageResource, selectAllImages);

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
	if (transfer.kind === 'build') return buildStatus(transfer);
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
	const fraction =
		transfer.kind === 'build'
			? buildFraction(transfer)
			: bytesTotal === 0
				? undefined
				: bytesDone / bytesTotal;
	const etaMs = ((bytesTotal - bytesDone) / rate) * 1000;
	return {
		id: transfer.id,
		direction: transfer.kind,
		reference: transfer.reference,
		state: shownState(transfer.status),
		status: statusOf(transfer),
		...(fraction === undefined ? {} : {fraction}),
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

export const allImageKeys = (state: State): readonly string[] =>
	selectAllImages(state).map(imageResource.rowId);
