import type {LocalReader, OpenLocalStats} from '../engine/engine.ts';
import type {Container, ContainerId} from '../engine/types.ts';
import type {Session} from './context.ts';
import type {Inspections} from './inspections.ts';

/**
 * How a container's numbers are to be had: read here, from the engine, or not known yet, because it takes an inspect
 * to know its process.
 */
export type StatsWay = 'local' | 'api' | 'waiting';

/** Which containers run on this machine, and the readers of their numbers. */
export type LocalReaders = {
	readonly wayOf: (id: ContainerId) => StatsWay;
	/** Of a container whose way is `local`. */
	readonly readerOf: (id: ContainerId) => LocalReader | undefined;
	/** Has some of these inspected, as far as their processes are not known. */
	readonly identify: (ids: readonly ContainerId[]) => void;
	/** The run is over; the next one has another process. */
	readonly close: (id: ContainerId) => void;
	/** Only these are still of interest. */
	readonly keep: (isWanted: (id: ContainerId) => boolean) => void;
};

/** An inspect costs the engine a millisecond, a quarter of a single reading. */
const inspectsPerBeat = 25;
const askAgainMs = 10_000;
/** A container whose process is not known after so long is left to the engine for the time being. */
const patienceMs = 2000;
/** After so many that cannot be read here and none that can, the engine is elsewhere: nobody need wait. */
const manyRefused = 5;

type Known = {
	reader?: LocalReader | undefined;
	/** The process of the last try: that of a run that is over, or cannot be read, is not tried again. */
	pid?: number;
	/** An earlier run could be read: so can the next one. */
	hasWorked?: true;
	waitingSince?: number | undefined;
	askedAt?: number;
};

/** @param openLocalStats absent where the engine is not on this machine */
export const createLocalReaders = (
	{clock, getState}: Session,
	inspections: Inspections,
	openLocalStats: OpenLocalStats | undefined,
): LocalReaders => {
	const containers = new Map<ContainerId, Known>();
	const refused = new Set<ContainerId>();
	let isHere = false;

	const inspected = (id: ContainerId): Container | undefined => {
		const container = getState().containers.byId.get(id);
		return container?.details === undefined ? undefined : container;
	};

	const open = (id: ContainerId, known: Known): void => {
		const container = inspected(id);
		const pid = container?.details?.pid;
		if (container === undefined || pid === undefined || pid === known.pid) return;
		known.pid = pid;
		known.reader = openLocalStats?.(container);
		if (known.reader === undefined) {
			if (refused.size < manyRefused) refused.add(id);
			return;
		}
		isHere = true;
		known.hasWorked = true;
		known.waitingSince = undefined;
	};

	const isElsewhere = (): boolean => openLocalStats === undefined || (!isHere && refused.size >= manyRefused);

	const mayWait = ({pid, hasWorked, waitingSince}: Known): boolean => {
		if (pid !== undefined && hasWorked === undefined) return false;
		return waitingSince === undefined || clock.now() - waitingSince < patienceMs;
	};

	const wayOf = (id: ContainerId): StatsWay => {
		if (openLocalStats === undefined) return 'api';
		const known = containers.get(id) ?? {};
		containers.set(id, known);
		if (known.reader === undefined) open(id, known);
		if (known.reader !== undefined) return 'local';
		return !isElsewhere() && mayWait(known) ? 'waiting' : 'api';
	};

	const ask = (id: ContainerId): void => {
		const now = clock.now();
		const known = containers.get(id) ?? {};
		containers.set(id, {...known, askedAt: now, waitingSince: known.waitingSince ?? now});
		inspections.want(id);
	};

	const isToBeAsked = (id: ContainerId): boolean => {
		if (inspected(id) !== undefined) return false;
		const askedAt = containers.get(id)?.askedAt;
		return askedAt === undefined || clock.now() - askedAt >= askAgainMs;
	};

	return {
		wayOf,
		readerOf: id => containers.get(id)?.reader,
		identify(ids) {
			if (!isElsewhere()) ids.filter(isToBeAsked).slice(0, inspectsPerBeat).forEach(ask);
		},
		close(id) {
			const known = containers.get(id);
			if (known?.reader === undefined) return;
			known.reader = undefined;
			known.waitingSince = clock.now();
		},
		keep(isWanted) {
			for (const id of containers.keys()) if (!isWanted(id)) containers.delete(id);
		},
	};
};
