import type {ConnectFacts} from '../engine/engine.ts';
import type {ContainerId, EngineInfo} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {StatsSources} from '../state/views/stats.ts';
import type {Session} from './context.ts';
import type {Inspections} from './inspections.ts';
import {createLocalReaders, type StatsWay} from './local-readers.ts';
import {createLocalStats} from './local-stats.ts';
import {createReadings} from './readings.ts';
import {apiPace, localPace, type Pace, type ReadPlan, readsDue} from './stats-plan.ts';
import {createStatsPolls} from './stats-polls.ts';
import {createStatsStreams} from './stats-streams.ts';
import {msUntil} from './ticker.ts';

export type Stats = {
	readonly meet: (demand: Demand) => void;
	/** The container's run ended. */
	readonly forget: (id: ContainerId) => void;
};

/** Rounds begin a little before the second is full, so that their numbers are fresh when it is drawn. */
const beatMs = 1000;
const beatPhaseMs = 700;
const quickPollsAtOnce = 4;
/** Before API 1.44 a single reading waits for the engine's next round: about a second. */
const waitingPollsAtOnce = 8;

/**
 * Docker answers a one-shot request at once from API 1.44 on (engine 25), Podman always. Before, a stream costs the
 * engine no more than a request and tells each second.
 */
export const isPollingQuick = ({product, apiVersion}: EngineInfo): boolean => {
	const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
	return product === 'Podman' || major > 1 || (major === 1 && minor >= 44);
};

/** Readings of the containers that the screen needs, and of no others; without the engine where they run here. */
export const createStats = (
	session: Session,
	inspections: Inspections,
	{info, openLocalStats}: Pick<ConnectFacts, 'info' | 'openLocalStats'>,
): Stats => {
	const {clock, scope} = session;
	const isQuick = isPollingQuick(info);
	const readings = createReadings(session);
	const readers = createLocalReaders(session, inspections, openLocalStats);
	const local = createLocalStats(session, readers, readings);
	const streams = createStatsStreams(session, readings);
	const polls = createStatsPolls(session, readings, isQuick ? quickPollsAtOnce : waitingPollsAtOnce);
	const tellSources = createSources(session);
	let fast: readonly ContainerId[] = [];
	let measured: readonly ContainerId[] = [];

	const due = (pace: Pace, wanted: Pick<ReadPlan, 'fast' | 'slow'>): readonly ContainerId[] =>
		readsDue({
			pace,
			...wanted,
			lastAt: id => Math.max(polls.polledAt(id), readings.recordedAt(id)),
			readingsOf: readings.countOf,
			now: clock.now(),
		});

	const read = (slowToo: boolean): void => {
		const near = byWay(fast, readers.wayOf);
		const isNear = new Set(fast);
		const hidden = slowToo ? measured.filter(id => !isNear.has(id)) : [];
		const far = byWay(hidden, readers.wayOf);
		local.read(due(localPace, {fast: near.local, slow: far.local}));
		local.complete(near.local);
		if (!isQuick) streams.follow(near.api);
		polls.ask(due(apiPace, {fast: isQuick ? near.api : [], slow: far.api}));
		if (!slowToo) return;
		readers.identify([...fast, ...hidden]);
		tellSources({local: near.local.length + far.local.length, api: near.api.length + far.api.length});
	};

	const beat = (): void => {
		scope.after(msUntil(clock.now(), beatMs, beatPhaseMs), beat);
		read(true);
	};

	beat();

	return {
		meet(demand) {
			local.detail(demand.detailedStats);
			if (demand.fastStats === fast && demand.measured === measured) return;
			const isFirst = fast.length + measured.length === 0;
			fast = demand.fastStats;
			if (demand.measured !== measured) {
				measured = demand.measured;
				const wanted = new Set([...measured, ...fast]);
				polls.keep(id => wanted.has(id));
				readers.keep(id => wanted.has(id));
			}
			// What came onto the screen is read at once; the rest waits for its turn.
			read(isFirst);
		},
		forget(id) {
			readings.forget(id);
			readers.close(id);
		},
	};
};

const byWay = (
	ids: readonly ContainerId[],
	wayOf: (id: ContainerId) => StatsWay,
): Readonly<Record<StatsWay, readonly ContainerId[]>> => ({
	local: [],
	api: [],
	waiting: [],
	...Object.groupBy(ids, wayOf),
});

/** Tells with the beat from where how many are read, whenever that has changed. */
const createSources = (session: Session): ((next: StatsSources) => void) => {
	let told: StatsSources = {local: 0, api: 0};
	let now = told;
	session.addSource('beat', () => {
		if (now.local === told.local && now.api === told.api) return [];
		told = now;
		return [{type: 'engine/stats-source', ...told}];
	});
	return next => {
		now = next;
	};
};
