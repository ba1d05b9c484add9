import type {Container, EngineInfo, Image} from '../../source/engine/types.ts';
import {type Feed, startFeed} from '../../source/feed/feed.ts';
import type {OpenRegistries} from '../../source/registry/access-port.ts';
import type {Demand} from '../../source/state/demand.ts';
import type {EngineMessage, Message, ViewMessage} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import {reduceContainers} from '../../source/state/slices/containers.ts';
import {reduceEngine} from '../../source/state/slices/engine.ts';
import {initialImages, reduceImages} from '../../source/state/slices/images.ts';
import {reduceLogs} from '../../source/state/slices/logs.ts';
import {initialStats, reduceStats} from '../../source/state/slices/stats.ts';
import {reduceTransfers} from '../../source/state/slices/transfers.ts';
import {initialUi} from '../../source/state/slices/ui.ts';
import {createStore, type Store} from '../../source/state/store.ts';
import {createFakeClock, type FakeClock} from '../helpers/clock.ts';
import {createFakeEngine, type FakeEngine} from '../helpers/fake-engine.ts';
import {infoOf} from '../helpers/objects.ts';

type Tellable = EngineMessage | ViewMessage;
export type Told<Type extends Tellable['type']> = Extract<Tellable, {readonly type: Type}>;

export type Harness = {
	readonly clock: FakeClock;
	readonly engine: FakeEngine;
	readonly store: Store;
	readonly feed: Feed;
	readonly state: () => State;
	/** What the screen needs from now on; the rest stays. */
	readonly demand: (change: Partial<Demand>) => void;
	/** The screen needs nothing any more. */
	readonly leave: () => void;
	/** All messages of a type so far, oldest first. */
	readonly told: <Type extends Tellable['type']>(type: Type) => readonly Told<Type>[];
	/** Every dispatch so far: when, relative to the start, and which messages it brought. */
	readonly dispatches: readonly {readonly at: number; readonly types: readonly string[]}[];
};

const noDemand: Demand = {
	fastStats: [],
	measured: [],
	details: [],
	queuedTransfers: [],
	transferLimit: 3,
	cancelledTransfers: [],
	retryCount: 0,
};

const initial = (now: number): State => ({
	engine: {
		place: {address: 'fake', source: 'test'},
		isDemo: false,
		choices: [],
		connection: {status: 'connecting'},
	},
	containers: {byId: new Map(), loading: {status: 'loading'}},
	images: initialImages,
	stats: initialStats(now),
	troubles: new Map(),
	transfers: new Map(),
	events: [],
	busy: new Map(),
	ui: initialUi({columns: 80, rows: 24, isReadOnly: false, isTrusting: false}),
	now,
});

const reduceFacts = (state: State, message: Message): State => {
	const containers = reduceContainers(state.containers, message);
	const logs = reduceLogs(state, message);
	return {
		...state,
		containers,
		engine: reduceEngine(state.engine, message, state.now),
		images: reduceImages(state.images, message),
		stats: reduceStats(state.stats, message, {containers: containers.byId, now: state.now}),
		transfers: reduceTransfers(state.transfers, message),
		events: message.type === 'engine/events-arrived' ? [...state.events, ...message.events] : state.events,
		...(logs === undefined ? {} : {logs}),
	};
};

/** The feed between an engine in memory and a real store, on a clock that the test moves. */
export const startHarness = async (
	setup: {
		readonly containers?: readonly Container[];
		readonly images?: readonly Image[];
		readonly info?: Partial<EngineInfo>;
		readonly demand?: Partial<Demand>;
		readonly registries?: OpenRegistries;
		/** Before the feed starts. */
		readonly prepare?: (engine: FakeEngine) => void;
	} = {},
): Promise<Harness> => {
	const clock = createFakeClock();
	const start = clock.now();
	const engine = createFakeEngine(clock);
	for (const container of setup.containers ?? []) engine.containers.set(container.id, container);
	for (const image of setup.images ?? []) engine.images.set(image.id, image);
	engine.info = infoOf(setup.info);
	setup.prepare?.(engine);

	const messages: Message[] = [];
	const dispatches: {at: number; types: string[]}[] = [];
	const inner = createStore(initial(clock.now()), reduceFacts);
	const store: Store = {
		...inner,
		dispatch(...all) {
			messages.push(...all);
			dispatches.push({at: clock.now() - start, types: all.map(message => message.type)});
			inner.dispatch(...all);
		},
	};
	let demand: Demand = {...noDemand, ...setup.demand};
	const {registries} = setup;
	const feed = startFeed({engine, store, selectDemand: () => demand, clock, ...(registries && {registries})});
	await clock.settle();

	return {
		clock,
		engine,
		store,
		feed,
		state: store.getState,
		demand(change) {
			demand = {...demand, ...change};
			// Any message will do: the harness computes the demand from nothing.
			inner.dispatch({type: 'ui/retry-wanted'});
		},
		leave() {
			demand = noDemand;
			inner.dispatch({type: 'ui/retry-wanted'});
		},
		told<Type extends Tellable['type']>(type: Type) {
			return messages.filter((message): message is Told<Type> => message.type === type);
		},
		dispatches,
	};
};
