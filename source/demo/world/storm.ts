import type {Clock} from '../../clock.ts';
import type {ContainerStore} from '../containers/container-store.ts';
import type {Lifecycle} from '../containers/lifecycle.ts';
import type {DemoContext} from '../contract.ts';
import {pause} from '../pause.ts';

export type StormParts = {
	readonly clock: Clock;
	readonly random: DemoContext['random'];
	readonly store: ContainerStore;
	readonly lifecycle: Lifecycle;
	/** How many events there have been. */
	readonly eventCount: () => number;
	readonly stopped: AbortSignal;
};

export type StormOptions = {
	/** Events, of every type together. */
	readonly perSecond: number;
	/** May be infinite. */
	readonly seconds: number;
};

const tickMs = 10;

/** Changes containers at random, each time for real, until so many events were told. */
export const storm = async (parts: StormParts, {perSecond, seconds}: StormOptions): Promise<void> => {
	const {clock, eventCount, stopped} = parts;
	const startedAt = clock.now();
	const before = eventCount();
	const total = perSecond * seconds;
	const ids = parts.store.all().map(({id}) => id);
	if (ids.length === 0) return;
	while (!stopped.aborted) {
		const due = Math.min(total, ((clock.now() - startedAt) / 1000) * perSecond);
		while (eventCount() - before < due) if (!change(parts, ids)) return;
		if (eventCount() - before >= total) return;
		await pause(clock, tickMs, stopped);
	}
};

/** @returns whether there is still something to change */
const change = ({random, store, lifecycle}: StormParts, ids: string[]): boolean => {
	const at = Math.floor(random() * ids.length);
	const container = store.find(ids[at] ?? '');
	if (container === undefined) {
		ids.splice(at, 1);
		return ids.length > 0;
	}
	const {id, status} = container;
	switch (status) {
		case 'running':
			if (random() < 0.3) lifecycle.pause(id);
			else lifecycle.end(id, random() < 0.7 ? 0 : 1, false);
			break;
		case 'paused':
			lifecycle.unpause(id);
			break;
		default:
			lifecycle.start(id);
	}
	return true;
};
