import {EngineError} from '../engine/errors.ts';
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

const atOnce = {pull: 3, copy: 2, job: 2} as const;

type Pull = Demand['queuedPulls'][number];
type Copy = NonNullable<Demand['queuedCopies']>[number];
type Job = NonNullable<Demand['queuedJobs']>[number];
type Running = {readonly kind: keyof typeof atOnce; abort: () => void; isCancelled: boolean};
type Work = (signal: AbortSignal) => Promise<void>;

/** Carries out the pulls and copies that were asked for, in order; a lost connection fails those under way. */
export const createTransfers = (context: FeedContext): Transfers => {
	const {engine, clock, batch} = context;
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

	const note = (id: TransferId, item: TransferProgress): void => {
		const items = progress.get(id);
		if (items === undefined) progress.set(id, [item]);
		else items.push(item);
		batch.wake();
	};

	const pull = async ({id, reference, choice}: Pull, signal: AbortSignal): Promise<void> => {
		for await (const item of engine.pullImage(reference, signal, choice)) {
			if (signal.aborted) return;
			note(id, item);
		}
	};

	const carryOut = async (id: TransferId, self: Running, work: Work, signal: AbortSignal): Promise<void> => {
		let error: unknown;
		try {
			await work(signal);
		} catch (thrown) {
			error = thrown;
		}
		if (self.isCancelled) end(id, {outcome: 'cancelled'});
		else if (signal.aborted) end(id, {outcome: 'failed', fault: faultOf(signal.reason, clock.now())});
		else if (error !== undefined) end(id, {outcome: 'failed', fault: faultOf(error, clock.now())});
		else end(id, {outcome: 'done'});
	};

	const start = (id: TransferId, kind: Running['kind'], work: Work, session: Session): void => {
		if (running.has(id) || ended.has(id)) return;
		if (
			running
				.values()
				.filter(each => each.kind === kind)
				.toArray().length >= atOnce[kind]
		)
			return;
		const self: Running = {kind, abort: () => {}, isCancelled: false};
		running.set(id, self);
		batch.post({type: 'engine/transfer-started', id, at: clock.now()});
		self.abort = session.scope.start(signal => carryOut(id, self, work, signal));
	};

	const copyFiles = async ({id, copy: task}: Copy, signal: AbortSignal): Promise<void> => {
		// What it takes is loaded with the first copy.
		const {copy} = await import('./copies.ts');
		try {
			await copy(engine, task, item => note(id, item), signal);
		} finally {
			const {containerId, target: path} = task;
			if (task.direction === 'in') batch.post({type: 'engine/files-changed', containerId, path});
		}
	};

	const carryOutOne = async ({id, job}: Job, signal: AbortSignal): Promise<void> => {
		// Likewise.
		const {carryOutJob} = await import('./image-jobs.ts');
		await carryOutJob(context, job, item => note(id, item), signal);
		if (job.kind !== 'save' && job.kind !== 'extract') await listImages(signal);
	};

	/** What was made is in the list when its end is told; of an image without a name no event tells. */
	const listImages = async (signal: AbortSignal): Promise<void> => {
		try {
			batch.post({type: 'engine/images-listed', images: await engine.listImages(signal)});
		} catch (error) {
			// It is made all the same; the list is told to have failed by whoever keeps it.
			if (!(error instanceof EngineError)) throw error;
		}
	};

	const startMore = (): void => {
		const session = wish?.session;
		if (wish === undefined || session === undefined || !session.scope.isOpen()) return;
		for (const item of wish.demand.queuedPulls) start(item.id, 'pull', signal => pull(item, signal), session);
		for (const item of wish.demand.queuedCopies ?? [])
			start(item.id, 'copy', signal => copyFiles(item, signal), session);
		for (const item of wish.demand.queuedJobs ?? [])
			start(item.id, 'job', signal => carryOutOne(item, signal), session);
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
			const queued = [...demand.queuedPulls, ...(demand.queuedCopies ?? []), ...(demand.queuedJobs ?? [])];
			const named = new Set([...queued.map(item => item.id), ...demand.cancelledTransfers]);
			for (const id of ended) if (!named.has(id)) ended.delete(id);
			for (const id of demand.cancelledTransfers) cancel(id);
			startMore();
		},
	};
};

type EndMessage = Extract<EngineMessage, {type: 'engine/transfer-ended'}>;
