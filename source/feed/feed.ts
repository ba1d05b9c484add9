import type {Clock} from '../clock.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/errors.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import {noRegistries} from '../registry/no-registries.ts';
import type {Demand} from '../state/demand.ts';
import type {State} from '../state/model.ts';
import type {Store} from '../state/store.ts';
import {createBatch} from './batch.ts';
import {keepConnected} from './connection.ts';
import type {FeedContext, OpenEngine} from './context.ts';
import {forgetOtherLog} from './logs.ts';
import {openScope} from './scope.ts';
import {createSeenEvents} from './seen-events.ts';
import type {FeedMemory} from './session.ts';
import {startTicker} from './ticker.ts';
import {createTransfers} from './transfers.ts';

export type Feed = {
	/** Resolves when the first try has asked the engine for all that the first frame shows, or has failed. */
	readonly asked: Promise<void>;
	/** Ends every call, stream and timer; resolves when none is left. Never rejects. */
	readonly stop: () => Promise<void>;
};

/**
 * The way from the engine into the store, and the only writer of `engine/…` messages: keeps a connection, tells what
 * changes, and meets what the screen demands.
 * @param selectDemand gives the same reference as long as the demand is the same.
 */
export const startFeed = ({
	engine,
	store,
	selectDemand,
	clock,
	registries = async () => noRegistries,
	openEngine = id => {
		throw new EngineError('unsupported', `no engine is called ${id}`);
	},
}: {
	readonly engine: Engine;
	readonly store: Store;
	readonly selectDemand: (state: State) => Demand;
	readonly clock: Clock;
	/** Absent: none is known. */
	readonly registries?: OpenRegistries;
	/** Absent: there is no other. */
	readonly openEngine?: OpenEngine;
}): Feed => {
	const batch = createBatch(clock, store.dispatch);
	const asked = Promise.withResolvers<void>();
	const context: FeedContext = {
		engine,
		clock,
		batch,
		getState: store.getState,
		registries,
		openEngine,
		asked: asked.resolve,
	};
	const memory: FeedMemory = {seen: createSeenEvents(), logs: {}};
	// Only the ticker's timer lives here, and it leaves no errors.
	const scope = openScope(clock, () => {});
	const ticker = startTicker({clock, scope, batch, getState: store.getState});
	const transfers = createTransfers(context);
	let demand = selectDemand(store.getState());

	const connection = keepConnected(context, memory, () => {
		connection.meet(demand);
		transfers.meet(demand, connection.session());
	});

	const unsubscribe = onDemand({store, selectDemand}, demand, next => {
		if (!scope.isOpen()) return;
		demand = next;
		forgetOtherLog(memory.logs, demand);
		connection.meet(demand);
		transfers.meet(demand, connection.session());
	});
	const unsubscribeTicker = store.subscribe(ticker.update);

	return {
		asked: asked.promise,
		async stop() {
			unsubscribe();
			unsubscribeTicker();
			batch.stop();
			const reason = new EngineError('aborted', 'Gantry is closing');
			await Promise.all([scope.close(reason), connection.stop(reason)]);
		},
	};
};

/**
 * Tells each new demand, in order and none skipped (a view closed and opened again in one turn is a new view), after
 * the dispatch that caused it.
 */
const onDemand = (
	{store, selectDemand}: {readonly store: Store; readonly selectDemand: (state: State) => Demand},
	first: Demand,
	meet: (demand: Demand) => void,
): (() => void) => {
	let last = first;
	let waiting: Demand[] = [];
	return store.subscribe(() => {
		const next = selectDemand(store.getState());
		if (next === last) return;
		last = next;
		waiting.push(next);
		if (waiting.length > 1) return;
		queueMicrotask(() => {
			const demands = waiting;
			waiting = [];
			for (const demand of demands) meet(demand);
		});
	});
};
