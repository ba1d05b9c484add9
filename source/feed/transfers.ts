import type {TransferProgress} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {TransferId} from '../state/model.ts';
import type {FeedContext, Session} from './context.ts';
import {faultOf} from './fault.ts';

export type Transfers = {
	/** @param session the live connection; what is queued waits while there is none. */
	readonly meet: (demand: Demand, session: Session | undefined) => void;
};

const pullsAtOnce = 3;

type Pull = Demand['queuedPulls'][number];
type Running = {abort: () => void; isCancelled: boolean};

/** Carries out the pulls that were asked for, in order; a lost connection fails those under way. */
export const createTransfers = ({engine, clock, batch}: FeedContext): Transfers => {
	const running = new Map<TransferId, Running>();
	// Ended, but the demand may not know yet.
	const ended = new Set<TransferId>();
	const progress = new Map<TransferId, TransferProgress[]>();
	let wish: {readonly demand: Demand; readonly session: Session | undefined} | undefined;

	const tell = (): readonly EngineMessage[] => {
		const at = clock.now();
		const messages = Array.from(progress, ([id, items]): EngineMessage => {
			return {type: 'engine/transfer-progressed', id, progress: items, at};
		});
		progress.clear();
		return messages;
	};
	batch.addSource('quick', tell);

	const end = (id: TransferId, outcome: Pick<EndMessage, 'outcome' | 'fault'>): void => {
		running.delete(id);
		ended.add(id);
		batch.post(...tell(), {type: 'engine/transfer-ended', id, ...outcome, at: clock.now()});
		startMore();
	};

	const read = async ({id, reference}: Pull, signal: AbortSignal): Promise<void> => {
		for await (const item of engine.pullImage(reference, signal)) {
			if (signal.aborted) return;
			const items = progress.get(id);
			if (items === undefined) progress.set(id, [item]);
			else items.push(item);
			batch.wake();
		}
	};

	const pull = async (item: Pull, self: Running, signal: AbortSignal): Promise<void> => {
		let error: unknown;
		try {
			await read(item, signal);
		} catch (thrown) {
			error = thrown;
		}
		if (self.isCancelled) end(item.id, {outcome: 'cancelled'});
		else if (signal.aborted) end(item.id, {outcome: 'failed', fault: faultOf(signal.reason, clock.now())});
		else if (error !== undefined) end(item.id, {outcome: 'failed', fault: faultOf(error, clock.now())});
		else end(item.id, {outcome: 'done'});
	};

	const start = (item: Pull, session: Session): void => {
		const self: Running = {abort: () => {}, isCancelled: false};
		running.set(item.id, self);
		batch.post({type: 'engine/transfer-started', id: item.id, at: clock.now()});
		self.abort = session.scope.start(signal => pull(item, self, signal));
	};

	const startMore = (): void => {
		const session = wish?.session;
		if (wish === undefined || session === undefined || !session.scope.isOpen()) return;
		for (const item of wish.demand.queuedPulls) {
			if (running.size >= pullsAtOnce) return;
			if (!running.has(item.id) && !ended.has(item.id)) start(item, session);
		}
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

	return {
		meet(demand, session) {
			wish = {demand, session};
			const named = new Set([...demand.queuedPulls.map(item => item.id), ...demand.cancelledTransfers]);
			for (const id of ended) if (!named.has(id)) ended.delete(id);
			for (const id of demand.cancelledTransfers) cancel(id);
			startMore();
		},
	};
};

type EndMessage = Extract<EngineMessage, {type: 'engine/transfer-ended'}>;
