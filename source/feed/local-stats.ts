import type {ContainerId} from '../engine/types.ts';
import type {Session} from './context.ts';
import type {LocalReaders} from './local-readers.ts';
import type {Readings} from './readings.ts';

/** Reading without the engine. */
export type LocalStats = {
	/** Reads these, in turns that leave time for keys. */
	readonly read: (ids: readonly ContainerId[]) => void;
	/** Soon reads those of these again that were read just once, and tells it at once: a percentage takes two. */
	readonly complete: (ids: readonly ContainerId[]) => void;
	/** Of this one also what takes longer to read. */
	readonly detail: (id: ContainerId | undefined) => void;
};

/** 2 to 4 ms of reading. */
const readsPerTurn = 40;
const turnMs = 15;
/** As short as the kernel's clock allows for a percentage that means something. */
const completeMs = 300;
/** Also when the system's clock has jumped. */
const soonestMs = 50;

export const createLocalStats = (
	{scope, clock}: Session,
	readers: LocalReaders,
	readings: Readings,
): LocalStats => {
	const waiting = new Set<ContainerId>();
	let awaited: ReadonlySet<ContainerId> = new Set();
	let isTurning = false;
	let isCompleting = false;
	let detailed: ContainerId | undefined;

	const isHalf = (id: ContainerId): boolean => readings.countOf(id) === 1;

	const turn = (): void => {
		for (const id of waiting.values().take(readsPerTurn)) {
			waiting.delete(id);
			const counters = readers.readerOf(id)?.(id === detailed);
			if (counters === undefined) readers.close(id);
			else readings.record(id, counters, awaited.has(id) && isHalf(id));
		}
		isTurning = waiting.size > 0;
		if (isTurning) scope.after(turnMs, turn);
	};

	const read = (ids: readonly ContainerId[]): void => {
		for (const id of ids) waiting.add(id);
		if (!isTurning) turn();
	};

	const completeNext = (): void => {
		const halves = [...awaited].filter(id => isHalf(id) && readers.readerOf(id) !== undefined);
		if (isCompleting || halves.length === 0) return;
		const dueIn = (id: ContainerId): number => readings.recordedAt(id) + completeMs - clock.now();
		isCompleting = true;
		scope.after(Math.max(soonestMs, Math.min(...halves.map(dueIn))), () => {
			isCompleting = false;
			read(halves.filter(id => dueIn(id) <= 0));
			completeNext();
		});
	};

	return {
		read,
		complete(ids) {
			awaited = new Set(ids);
			completeNext();
		},
		detail(id) {
			detailed = id;
		},
	};
};
