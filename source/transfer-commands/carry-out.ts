import type {Clock} from '../clock.ts';
import {isAborted} from '../engine/errors.ts';
import type {TransferProgress} from '../engine/types.ts';
import {faultOf} from '../feed/fault.ts';
import type {Message} from '../state/messages.ts';
import type {Transfer} from '../state/model.ts';
import {reduceTransfers} from '../state/slices/transfers.ts';
import type {TellableLine, Teller} from './tellers.ts';

/** One pull or push. */
export type Errand = {
	readonly requested: Omit<Extract<Message, {type: 'ui/transfer-requested'}>, 'type' | 'id' | 'at'>;
	readonly run: (signal: AbortSignal) => AsyncIterable<TransferProgress>;
};

const id = 'only';

/** How often it is reckoned how far it is, however much the engine tells. */
const reckonMs = 100;

/** What a layer does now, when it is another thing than before; bytes alone are none. */
const lineOf = (known: Map<string, string>, item: TransferProgress): TellableLine | undefined => {
	if (item.kind === 'status') return {status: item.status};
	if (item.kind !== 'layer' || known.get(item.layerId) === item.status) return undefined;
	known.set(item.layerId, item.status);
	return {layerId: item.layerId, status: item.status};
};

/**
 * Carries out one transfer, and tells of it as the dashboard reckons it.
 * @returns as it has ended
 */
export const carryOut = async (
	{requested, run}: Errand,
	teller: Teller,
	clock: Clock,
	signal: AbortSignal,
): Promise<Transfer> => {
	let transfers: ReadonlyMap<string, Transfer> = new Map();
	const apply = (message: Message): Transfer => {
		transfers = reduceTransfers(transfers, message);
		const transfer = transfers.get(id);
		if (transfer === undefined) throw new Error('a transfer that was asked for is there');
		return transfer;
	};
	apply({type: 'ui/transfer-requested', id, at: clock.now(), ...requested});
	apply({type: 'engine/transfer-started', id, at: clock.now()});
	const phases = new Map<string, string>();
	const progress: TransferProgress[] = [];
	let reckonedAt = Number.NEGATIVE_INFINITY;
	const reckon = (): Transfer => {
		reckonedAt = clock.now();
		return apply({type: 'engine/transfer-progressed', id, progress: progress.splice(0), at: reckonedAt});
	};
	let digest: string | undefined;
	let failure: unknown;
	try {
		for await (const item of run(signal)) {
			if (item.kind === 'digest') digest = item.digest;
			const line = lineOf(phases, item);
			if (line !== undefined) teller.said(requested.reference, line);
			progress.push(item);
			if (clock.now() - reckonedAt >= reckonMs) teller.progressed(reckon());
		}
	} catch (error) {
		failure = error;
	}
	reckon();
	const at = clock.now();
	const outcome =
		signal.aborted || isAborted(failure) ? 'cancelled' : failure === undefined ? 'done' : 'failed';
	const ended = apply({
		type: 'engine/transfer-ended',
		id,
		outcome,
		at,
		...(outcome === 'failed' && {fault: faultOf(failure, at)}),
	});
	teller.ended(ended, ended.pull?.isAllTags === true ? undefined : digest);
	return ended;
};
