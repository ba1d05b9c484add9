import type {TransferProgress} from '../../engine/types.ts';
import {counted} from '../../format/counted.ts';
import type {Message} from '../messages.ts';
import type {LayerProgress, Transfer, TransferId, TransferStatus} from '../model.ts';
import {onlyEntries, replaced} from '../replaced.ts';
import {reduceBuild, withoutOldOutputs} from './build.ts';

type Transfers = ReadonlyMap<TransferId, Transfer>;

export const defaultTransferLimit = 3;

export const isEnded = (status: TransferStatus): boolean =>
	status === 'done' || status === 'failed' || status === 'cancelled';

/** How much of the old rate a second of new progress leaves standing. */
const smoothing = 0.6;
/** Of what a copy leaves out so many are named. */
const leftOutKept = 100;

const layerAfter = (
	known: LayerProgress | undefined,
	progress: Extract<TransferProgress, {kind: 'layer'}>,
): LayerProgress => {
	const base = {id: progress.layerId, phase: progress.phase, status: progress.status};
	// Extraction counts the same bytes again (or seconds): only the way over the network counts here.
	const isMoving = progress.phase === 'downloading' || progress.phase === 'pushing';
	const totalBytes = (isMoving ? progress.totalBytes : undefined) ?? known?.totalBytes;
	const hasArrived = !isMoving && progress.phase !== 'waiting' && progress.phase !== 'preparing';
	const currentBytes = hasArrived
		? (totalBytes ?? known?.currentBytes ?? 0)
		: Math.max(known?.currentBytes ?? 0, isMoving ? (progress.currentBytes ?? 0) : 0);
	return {...base, currentBytes, ...(totalBytes === undefined ? {} : {totalBytes})};
};

const sumOf = (layers: Iterable<LayerProgress>): {readonly done: number; readonly total: number} => {
	let done = 0;
	let total = 0;
	for (const layer of layers) {
		total += layer.totalBytes ?? 0;
		done += Math.min(layer.currentBytes, layer.totalBytes ?? 0);
	}
	return {done, total};
};

const rateAfter = (transfer: Transfer, done: number, at: number): number => {
	const seconds = (at - (transfer.progressAt ?? transfer.startedAt ?? at)) / 1000;
	if (seconds <= 0) return transfer.rate;
	const current = Math.max(0, done - transfer.bytesDone) / seconds;
	if (transfer.rate === 0) return current;
	const kept = smoothing ** seconds;
	return transfer.rate * kept + current * (1 - kept);
};

const progressed = (transfer: Transfer, progress: readonly TransferProgress[], at: number): Transfer => {
	const layers = new Map(transfer.layers);
	let {message, leftOut, leftOutCount, results, waiting} = transfer;
	let whole: Extract<TransferProgress, {kind: 'bytes' | 'amount'}> | undefined;
	for (const item of progress) {
		switch (item.kind) {
			case 'layer':
				layers.set(item.layerId, layerAfter(layers.get(item.layerId), item));
				break;
			case 'status':
				message = item.status;
				break;
			case 'digest':
			case 'build':
				break;
			case 'bytes':
				whole = item;
				message = counted(item.fileCount, 'file');
				break;
			case 'amount':
				whole = item;
				waiting = undefined;
				break;
			case 'waiting':
				if (waiting?.status !== item.status) waiting = {status: item.status, since: at};
				break;
			case 'result':
				results = [...results, ...item.names];
				break;
			case 'left-out':
				leftOutCount += 1;
				if (leftOut.length < leftOutKept) leftOut = [...leftOut, item.text];
				break;
			default:
				item satisfies never;
		}
	}
	const sum = sumOf(layers.values());
	const isPull = transfer.kind === 'pull' || transfer.kind === 'push';
	const done = isPull ? sum.done : (whole?.doneBytes ?? transfer.bytesDone);
	const total = isPull ? sum.total : (whole?.totalBytes ?? transfer.bytesTotal);
	const {waiting: _, ...rest} = transfer;
	return {
		...rest,
		...(waiting && {waiting}),
		results,
		layers,
		message,
		leftOut,
		leftOutCount,
		bytesDone: done,
		bytesTotal: total,
		rate: rateAfter(transfer, done, at),
		progressAt: at,
	};
};

const withoutDelay = (transfer: Transfer): Transfer => {
	if (transfer.retry?.at === undefined) return transfer;
	const {at: _, ...retry} = transfer.retry;
	return {...transfer, retry};
};

/** For the first time, or once more. */
const started = (transfer: Transfer, at: number): Transfer => {
	if (transfer.status !== 'queued' && transfer.status !== 'retrying') return transfer;
	const {fault: _, ...rest} = withoutDelay(transfer);
	return {...rest, status: 'running', startedAt: transfer.startedAt ?? at, progressAt: at};
};

const changed = (state: Transfers, id: TransferId, change: (transfer: Transfer) => Transfer): Transfers => {
	const transfer = state.get(id);
	if (transfer === undefined) return state;
	const next = change(transfer);
	return next === transfer ? state : new Map(state).set(id, next);
};

export const reduceTransfers = (state: Transfers, message: Message): Transfers => {
	switch (message.type) {
		case 'ui/transfer-requested':
			return new Map(message.job?.kind === 'build' ? withoutOldOutputs(state) : state).set(message.id, {
				id: message.id,
				kind: message.job?.kind ?? (message.copy === undefined ? 'pull' : `copy-${message.copy.direction}`),
				...(message.copy && {copy: message.copy}),
				...(message.job && {job: message.job}),
				...(message.pull && {pull: message.pull}),
				reference: message.reference,
				status: 'queued',
				layers: new Map(),
				message: '',
				leftOut: [],
				leftOutCount: 0,
				results: [],
				bytesDone: 0,
				bytesTotal: 0,
				rate: 0,
				requestedAt: message.at,
			});
		case 'ui/transfer-cancelled':
			return changed(state, message.id, transfer =>
				isEnded(transfer.status) ? transfer : replaced(transfer, {status: 'cancelling'}),
			);
		case 'ui/transfer-hurried':
			return changed(state, message.id, transfer =>
				transfer.status === 'retrying' ? {...withoutDelay(transfer), status: 'queued'} : transfer,
			);
		case 'ui/transfers-cleared': {
			const {ids} = message;
			return onlyEntries(
				state,
				transfer => !isEnded(transfer.status) || ids?.includes(transfer.id) === false,
			);
		}
		case 'engine/transfer-started':
			return changed(state, message.id, transfer => started(transfer, message.at));
		case 'engine/transfer-delayed':
			return changed(state, message.id, transfer =>
				isEnded(transfer.status) || transfer.status === 'cancelling'
					? transfer
					: {...transfer, status: 'retrying', rate: 0, retry: message.retry, fault: message.fault},
			);
		case 'engine/transfer-progressed':
			return changed(state, message.id, transfer =>
				reduceBuild(progressed(transfer, message.progress, message.at), message),
			);
		case 'build/folded':
			return changed(state, message.id, transfer => reduceBuild(transfer, message));
		case 'engine/transfer-ended':
			return changed(state, message.id, transfer => ({
				...reduceBuild(transfer, message),
				status: message.outcome,
				endedAt: message.at,
				...(message.fault === undefined ? {} : {fault: message.fault}),
			}));
		default:
			return state;
	}
};
