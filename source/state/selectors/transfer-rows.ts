import type {TransferRow, TransferState} from '../../resources/transfer-row.ts';
import {transfers as resource} from '../../resources/transfers.ts';
import type {State, Transfer, TransferStatus} from '../model.ts';
import type {Pace} from '../pace.ts';
import {createSelector} from './memo.ts';
import {rowSelector} from './other-rows.ts';
import {selectQueuePlaces} from './transfer-queue.ts';
import {transferFraction, transferStatus, transferTitle} from './transfer-status.ts';

/** Nothing was told for so long: it does not go on as fast as it went. */
const silenceMs = 5000;

const shownState = (status: TransferStatus): TransferState => {
	switch (status) {
		case 'queued':
		case 'retrying':
			return 'waiting';
		case 'running':
		case 'cancelling':
			return 'running';
		case 'done':
		case 'failed':
		case 'cancelled':
			return status;
	}
};

const rateNow = (pace: Pace | undefined, now: number): number =>
	pace === undefined || now - pace.at > silenceMs ? 0 : pace.rate;

/** What is still to come, then what is still to be unpacked of what has come: whichever takes longer. */
const etaOf = (transfer: Transfer, now: number): number | undefined => {
	const {bytesDone, bytesTotal, bytesGuessed, bytesUnpacked, kind, pull} = transfer;
	if (bytesTotal === 0 || pull?.isAllTags === true) return undefined;
	const rate = rateNow(transfer.pace, now);
	const unpackRate = kind === 'pull' ? rateNow(transfer.unpackPace, now) : 0;
	const left = bytesTotal + bytesGuessed - bytesDone;
	if (left > 0 && rate === 0) return undefined;
	const unpackMs = unpackRate === 0 ? 0 : ((bytesTotal + bytesGuessed - bytesUnpacked) / unpackRate) * 1000;
	const etaMs = Math.max(left <= 0 ? 0 : (left / rate) * 1000, unpackMs);
	return etaMs === 0 ? undefined : etaMs;
};

type Moving = Pick<TransferRow, 'bytesPerSecond' | 'etaMs'>;

/** How fast bytes come now, and how long it takes still; neither while it waits. */
export const movingOf = (transfer: Transfer, now: number): Moving => {
	const {status, waiting, bytesDone, bytesTotal} = transfer;
	if (status !== 'running' || waiting !== undefined) return {};
	const bytesPerSecond = rateNow(transfer.pace, now);
	const etaMs = etaOf(transfer, now);
	const isMoving = bytesPerSecond > 0 && (bytesDone < bytesTotal || bytesTotal === 0);
	return {...(isMoving && {bytesPerSecond}), ...(etaMs === undefined ? {} : {etaMs})};
};

type Sizes = Pick<TransferRow, 'doneBytes' | 'totalBytes' | 'isTotalPartial'>;

const sizesOf = ({bytesDone, bytesTotal, bytesGuessed, pull}: Transfer): Sizes => {
	if (bytesDone === 0 && bytesTotal === 0) return {};
	if (bytesTotal === 0) return {doneBytes: bytesDone};
	const isTotalPartial = bytesGuessed > 0 || pull?.isAllTags === true;
	return {doneBytes: bytesDone, totalBytes: bytesTotal, isTotalPartial};
};

const elapsedOf = ({startedAt, endedAt}: Transfer, now: number): Pick<TransferRow, 'elapsedMs'> =>
	startedAt === undefined ? {} : {elapsedMs: Math.max(0, (endedAt ?? now) - startedAt)};

/** @param place how many are before it, when it is queued */
export const transferRow = (transfer: Transfer, now: number, place: number | undefined): TransferRow => {
	const fraction = transferFraction(transfer);
	return {
		id: transfer.id,
		direction: transfer.kind,
		reference: transferTitle(transfer),
		state: shownState(transfer.status),
		status: transferStatus(transfer, now, place),
		...(fraction === undefined ? {} : {fraction}),
		...sizesOf(transfer),
		...movingOf(transfer, now),
		...elapsedOf(transfer, now),
	};
};

const isTimed = ({status}: Transfer): boolean =>
	status === 'running' || status === 'cancelling' || status === 'retrying';

/** Moves, with each full second, only while a row tells of time. */
export const timedNow = ({transfers, now}: State): number =>
	transfers.values().some(isTimed) ? Math.floor(now / 1000) * 1000 : 0;

const selectAll = createSelector(
	(state: State) => [state.transfers, timedNow(state), selectQueuePlaces(state)],
	(
		transfers: State['transfers'],
		now: number,
		places: ReturnType<typeof selectQueuePlaces>,
	): readonly TransferRow[] => {
		const rows = Array.from(transfers.values(), transfer =>
			transferRow(transfer, now, places.get(transfer.id)),
		);
		const isWaiting = ({state}: TransferRow): boolean => state === 'waiting';
		const others = rows.filter(row => !isWaiting(row)).toReversed();
		const {running = [], over = []} = Object.groupBy(others, ({state}) =>
			state === 'running' ? 'running' : 'over',
		);
		return [...running, ...rows.filter(isWaiting), ...over];
	},
);

/** What runs, then what waits, in its order, then what is over; of the first and the last the newest first. */
export const selectTransferRows = rowSelector('transfers', resource, selectAll);

export type TransferCounts = {
	readonly running: number;
	readonly waiting: number;
	readonly failed: number;
	readonly all: number;
};

export const selectTransferCounts: (state: State) => TransferCounts = createSelector(
	(state: State) => [state.transfers],
	(transfers: State['transfers']): TransferCounts => {
		const states = [...transfers.values()].map(({status}) => shownState(status));
		const count = (wanted: TransferState): number => states.filter(state => state === wanted).length;
		return {
			running: count('running'),
			waiting: count('waiting'),
			failed: count('failed'),
			all: states.length,
		};
	},
);
