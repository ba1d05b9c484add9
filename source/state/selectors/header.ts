import type {EngineInfo} from '../../engine/types.ts';
import type {Connection, State} from '../model.ts';
import {selectAlarms} from './alarms.ts';
import {selectMeasuredIds, selectRunningIds} from './containers.ts';
import {createSelector} from './memo.ts';

export type HeaderFacts = {
	readonly address: string;
	readonly isDemo: boolean;
	readonly info: EngineInfo | undefined;
	readonly isLive: boolean;
	readonly isReadOnly: boolean;
	/** The engine does not answer: why, and when the next try comes (absent while one is under way). */
	readonly away: {readonly reason: string; readonly retryAt: number | undefined} | undefined;
	/** Sums over the running containers that were read; 100 = one core. */
	readonly cpuPercent: number;
	readonly memoryBytes: number;
	/** Not every running container was read yet: the sums are at least this. */
	readonly isPartial: boolean;
	readonly running: number;
	/** Containers with something wrong. */
	readonly alarms: number;
	readonly containers: number;
	readonly images: number;
	readonly now: number;
};

const awayOf = (connection: Connection): HeaderFacts['away'] =>
	connection.status === 'reconnecting'
		? {reason: connection.fault.message, retryAt: connection.retryAt}
		: undefined;

export const selectHeader: (state: State) => HeaderFacts = createSelector(
	(state: State) => [
		state.engine,
		state.ui.isReadOnly,
		state.stats.totals,
		state.stats.byId.size < selectMeasuredIds(state).length,
		selectRunningIds(state).length,
		state.containers.byId.size,
		state.images.byId.size,
		selectAlarms(state).size,
		// While it is live nothing in the header depends on the clock.
		state.engine.connection.status === 'live' ? 0 : state.now,
	],
	(
		engine: State['engine'],
		isReadOnly: boolean,
		totals: State['stats']['totals'],
		isPartial: boolean,
		running: number,
		containers: number,
		images: number,
		alarms: number,
		now: number,
	): HeaderFacts => ({
		address: engine.place.address,
		isDemo: engine.isDemo,
		info: engine.info,
		isLive: engine.connection.status === 'live',
		isReadOnly,
		away: awayOf(engine.connection),
		cpuPercent: totals.latest.cpuPercent,
		memoryBytes: totals.latest.memoryBytes,
		isPartial,
		running,
		containers,
		images,
		alarms,
		now,
	}),
);
