import type {ContainerId, EngineInfo} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';
import {createReadings} from './readings.ts';
import {pollsDue} from './stats-plan.ts';
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

/** Readings of the containers that the screen needs, and of no others. */
export const createStats = (session: Session): Stats => {
	const {clock, scope} = session;
	const isQuick = isPollingQuick(session.info);
	const readings = createReadings(session);
	const streams = createStatsStreams(session, readings);
	const polls = createStatsPolls(session, readings, isQuick ? quickPollsAtOnce : waitingPollsAtOnce);
	let fast: readonly ContainerId[] = [];
	let slow: readonly ContainerId[] = [];

	const read = (slowToo: boolean): void => {
		if (!isQuick) streams.follow(fast);
		polls.ask(
			pollsDue({
				fast: isQuick ? fast : [],
				slow: slowToo ? slow : [],
				lastAt: id => Math.max(polls.polledAt(id), readings.recordedAt(id)),
				readingsOf: readings.countOf,
				now: clock.now(),
			}),
		);
	};

	const beat = (): void => {
		scope.after(msUntil(clock.now(), beatMs, beatPhaseMs), beat);
		read(true);
	};

	beat();

	return {
		meet(demand) {
			if (demand.fastStats === fast && demand.slowStats === slow) return;
			const isFirst = fast.length + slow.length === 0;
			fast = demand.fastStats;
			slow = demand.slowStats;
			const wanted = new Set([...fast, ...slow]);
			polls.keep(id => wanted.has(id));
			// What came onto the screen is read at once; the rest waits for its turn.
			read(isFirst);
		},
		forget: readings.forget,
	};
};
