import type {Message} from '../messages.ts';
import type {Transfer, TransferId, TransferStatus} from '../model.ts';
import {onlyEntries, replaced} from '../replaced.ts';
import {reduceBuild, withoutOldOutputs} from './build.ts';
import {progressed} from './transfer-progress.ts';

type Transfers = ReadonlyMap<TransferId, Transfer>;

export const defaultTransferLimit = 3;

export const isEnded = (status: TransferStatus): boolean =>
	status === 'done' || status === 'failed' || status === 'cancelled';

const withoutDelay = (transfer: Transfer): Transfer => {
	if (transfer.retry?.at === undefined) return transfer;
	const {at: _, ...retry} = transfer.retry;
	return {...transfer, retry};
};

/** For the first time, or once more. */
const started = (transfer: Transfer, at: number): Transfer => {
	if (transfer.status !== 'queued' && transfer.status !== 'retrying') return transfer;
	const {fault: _, ...rest} = withoutDelay(transfer);
	const {bytesDone: bytes, bytesUnpacked} = transfer;
	return {
		...rest,
		status: 'running',
		startedAt: transfer.startedAt ?? at,
		pace: {rate: 0, at, bytes},
		unpackPace: {rate: 0, at, bytes: bytesUnpacked},
	};
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
				bytesGuessed: 0,
				bytesUnpacked: 0,
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
					: {...transfer, status: 'retrying', retry: message.retry, fault: message.fault},
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
