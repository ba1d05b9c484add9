import type {TransferProgress} from '../engine/types.ts';
import type {Demand, QueuedTransfer} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {TransferId} from '../state/model.ts';
import type {FeedContext, Session} from './context.ts';
import {faultOf} from './fault.ts';
import {transferFault} from './transfer-fault.ts';
import {planRetry} from './transfer-retry.ts';
import {doWork} from './transfer-work.ts';

export type Transfers = {
	/** @param session the live connection; what is queued waits while there is none. */
	readonly meet: (demand: Demand, session: Session | undefined) => void;
};

type Running = {abort: () => void; isCancelled: boolean};
type EndMessage = Extract<EngineMessage, {type: 'engine/transfer-ended'}>;

/** A bar that moves four times a second is alive, and leaves the processor to the engine, which has the work. */
const progressMs = 250;

/** What was told since the last dispatch, by transfer. */
const createProgress = ({batch, clock}: FeedContext) => {
	const waiting = new Map<TransferId, TransferProgress[]>();
	let wokenAt = Number.NEGATIVE_INFINITY;
	let isDue = false;

	const wake = (): void => {
		isDue = false;
		wokenAt = clock.now();
		batch.wake();
	};

	const take = (): readonly EngineMessage[] => {
		const at = clock.now();
		const messages = Array.from(waiting, ([id, progress]): EngineMessage => {
			return {type: 'engine/transfer-progressed', id, progress, at};
		});
		waiting.clear();
		return messages;
	};
	batch.addSource('quick', take);

	return {
		take,
		note(id: TransferId, item: TransferProgress): void {
			const items = waiting.get(id);
			if (items === undefined) waiting.set(id, [item]);
			else items.push(item);
			if (isDue) return;
			const restMs = wokenAt + progressMs - clock.now();
			if (restMs <= 0) wake();
			else {
				isDue = true;
				clock.after(restMs, wake);
			}
		},
	};
};

/**
 * Carries out what was asked for, so many at a time, in the order in which it was asked for; a lost connection fails
 * those under way.
 */
export const createTransfers = (context: FeedContext): Transfers => {
	const {clock, batch} = context;
	const progress = createProgress(context);
	const running = new Map<TransferId, Running>();
	// Ended, but the demand may not know yet.
	const ended = new Set<TransferId>();
	const begun = new Map<TransferId, number>();
	let wish: {readonly demand: Demand; readonly session: Session | undefined} | undefined;
	let callOff: (() => void) | undefined;

	const leave = (id: TransferId, message: EngineMessage): void => {
		running.delete(id);
		batch.post(...progress.take(), message);
		startMore();
	};

	const end = (id: TransferId, outcome: Pick<EndMessage, 'outcome' | 'fault'>): void => {
		ended.add(id);
		leave(id, {type: 'engine/transfer-ended', id, ...outcome, at: clock.now()});
	};

	const carryOut = async (item: QueuedTransfer, self: Running, signal: AbortSignal): Promise<void> => {
		const {id, work} = item;
		let error: unknown;
		try {
			await doWork(work, {context, signal, tell: told => progress.note(id, told)});
		} catch (thrown) {
			error = thrown;
		}
		const isOver = error === undefined || signal.aborted;
		const retry = isOver ? undefined : await planRetry(context, work, error, item.tries + 1, signal);
		if (self.isCancelled) end(id, {outcome: 'cancelled'});
		else if (signal.aborted) end(id, {outcome: 'failed', fault: faultOf(signal.reason, clock.now())});
		else if (error === undefined) end(id, {outcome: 'done'});
		else {
			const name = context.getState().engine.info?.name ?? '';
			const fault = transferFault(error, work, name, clock.now());
			if (retry === undefined) end(id, {outcome: 'failed', fault});
			else leave(id, {type: 'engine/transfer-delayed', id, retry, fault});
		}
	};

	/** What the demand tells may be older than what was begun and ended here. */
	const isDue = ({id, tries}: QueuedTransfer): boolean => !ended.has(id) && (begun.get(id) ?? 0) === tries;

	const start = (item: QueuedTransfer, session: Session): void => {
		const {id, tries} = item;
		const self: Running = {abort: () => {}, isCancelled: false};
		running.set(id, self);
		begun.set(id, tries + 1);
		batch.post({type: 'engine/transfer-started', id, at: clock.now()});
		self.abort = session.scope.start(signal => carryOut(item, self, signal));
	};

	const startMore = (): void => {
		callOff?.();
		callOff = undefined;
		const session = wish?.session;
		if (wish === undefined || session === undefined || !session.scope.isOpen()) return;
		const {queuedTransfers, transferLimit} = wish.demand;
		const now = clock.now();
		let nextAt = Number.POSITIVE_INFINITY;
		for (const item of queuedTransfers.filter(isDue)) {
			if (running.size >= transferLimit) return;
			if (item.startAt !== undefined && item.startAt > now) nextAt = Math.min(nextAt, item.startAt);
			else start(item, session);
		}
		if (nextAt < Number.POSITIVE_INFINITY) callOff = session.scope.after(nextAt - now, startMore);
	};

	const cancel = (id: TransferId): void => {
		const self = running.get(id);
		if (self === undefined) {
			if (!ended.has(id)) end(id, {outcome: 'cancelled'});
			return;
		}
		self.isCancelled = true;
		self.abort();
	};

	const forget = ({queuedTransfers, cancelledTransfers}: Demand): void => {
		const named = new Set([...queuedTransfers.map(({id}) => id), ...cancelledTransfers]);
		for (const id of ended) {
			if (named.has(id)) continue;
			ended.delete(id);
			begun.delete(id);
		}
	};

	return {
		meet(demand, session) {
			wish = {demand, session};
			forget(demand);
			for (const id of demand.cancelledTransfers) cancel(id);
			startMore();
		},
	};
};
