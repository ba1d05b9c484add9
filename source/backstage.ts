import {systemClock} from './clock.ts';
import type {Engine} from './engine/engine.ts';
import type {KnownEngine} from './engine/known-engines.ts';
import {startFeed} from './feed/feed.ts';
import type {OpenRegistries} from './registry/access-port.ts';
import type {Seat} from './seat.ts';
import type {EngineChoice} from './state/model.ts';
import {initialState, reduce} from './state/reduce.ts';
import {selectDemand} from './state/selectors/demand.ts';
import {demoChoice} from './state/selectors/move-target.ts';
import {defaultTransferLimit} from './state/slices/transfers.ts';
import {createStore, type Store} from './state/store.ts';
import {defaultLogLimits} from './state/views/log-buffer.ts';

/** All that works without a screen: a session with one engine, from its first request on. */
export type Backstage = {
	readonly store: Store;
	readonly engine: Engine;
	readonly registries: OpenRegistries;
	/** Resolves when the engine was asked for what the first frame shows, or failed; within `limitMs` in any case. */
	readonly asked: (limitMs: number) => Promise<void>;
	/** Resolves when the first try to connect is over, well or not; within `limitMs` in any case. */
	readonly settled: (limitMs: number) => Promise<void>;
	readonly stop: () => Promise<void>;
};

export type BackstageOptions = {
	readonly seat: Seat;
	readonly known: readonly KnownEngine[];
	/** Another engine, by its id. @throws EndpointError */
	readonly openEngine: (id: string) => Engine;
	readonly registries: OpenRegistries;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly isReadOnly: boolean;
	readonly isTrusting: boolean;
	readonly logLines?: number;
	readonly logBytes?: number;
	readonly transferLimit?: number;
};

const demo: EngineChoice = {id: demoChoice, label: 'demo', note: 'an invented world'};

/** Begins to talk to the engine, while the code that draws is still being loaded. */
export const startBackstage = ({
	seat: {engine, isDemo},
	known,
	openEngine,
	registries,
	size,
	isReadOnly,
	isTrusting,
	logLines = defaultLogLimits.lines,
	logBytes = defaultLogLimits.bytes,
	transferLimit = defaultTransferLimit,
}: BackstageOptions): Backstage => {
	const clock = systemClock;
	const logLimits = {lines: logLines, bytes: logBytes};
	const choices = [...known, demo];
	const facts = {place: engine.place(), isDemo, choices, isReadOnly, isTrusting, logLimits, transferLimit};
	const store = createStore(initialState({...facts, ...size, now: clock.now()}), reduce);
	const feed = startFeed({engine, store, selectDemand, clock, registries, openEngine});

	return {
		store,
		engine,
		registries,
		asked: limitMs => within(limitMs, feed.asked),
		settled: limitMs => within(limitMs, decided(store)),
		async stop() {
			await feed.stop();
			engine.close();
		},
	};
};

const within = async (limitMs: number, event: Promise<void>): Promise<void> => {
	const limit = Promise.withResolvers<void>();
	const callOff = systemClock.after(limitMs, limit.resolve);
	await Promise.race([event, limit.promise]);
	callOff();
};

const decided = (store: Store): Promise<void> =>
	new Promise(resolve => {
		const look = (): void => {
			if (store.getState().engine.connection.status === 'connecting') return;
			unsubscribe();
			resolve();
		};
		const unsubscribe = store.subscribe(look);
		look();
	});
