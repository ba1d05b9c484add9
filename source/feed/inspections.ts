import type {Container, ContainerId} from '../engine/types.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {createPump} from './pump.ts';
import {createReload} from './reload.ts';

/** Keeps what the store knows of containers true: every look at a container goes through here, so that an older
 * answer never follows a newer one. */
export type Inspections = {
	/** An event named it: look again. */
	readonly touch: (id: ContainerId) => void;
	/** Somebody wants its details; after what events named. */
	readonly want: (id: ContainerId) => void;
	readonly unwant: (id: ContainerId) => void;
	/** It is gone for good. */
	readonly remove: (id: ContainerId) => void;
	/** Lists everything again, soon. */
	readonly relist: () => void;
	/** The full list, corrected by what is known to be newer. */
	readonly list: (signal: AbortSignal) => Promise<EngineMessage>;
};

const inspectsAtOnce = 4;
/** From so many waiting containers on, one list is cheaper. */
const stormSize = 50;
/** For how long after an event the engine's list may still tell the old state: measured up to 100 ms. */
const listLagMs = 150;
const retryMs = 10_000;

type Look = {readonly at: number; readonly container: Container | undefined};

export const createInspections = (session: Session): Inspections => {
	const {engine, clock, scope} = session;
	const touched = new Map<ContainerId, number>();
	const wanted = new Set<ContainerId>();
	const inFlight = new Set<ContainerId>();
	// In flight while a removal was told, which is the newer truth.
	const outdated = new Set<ContainerId>();
	const untold = new Map<ContainerId, Container | undefined>();
	// What was seen since the last list, to correct the next one.
	const looks = new Map<ContainerId, Look>();

	const isStorm = (): boolean => touched.size > stormSize;

	const note = (id: ContainerId, container: Container | undefined): void => {
		untold.set(id, container);
		looks.set(id, {at: clock.now(), container});
		session.wake();
	};

	const tell = (): readonly EngineMessage[] => {
		if (untold.size === 0) return [];
		const changed = [...untold.values()].filter(container => container !== undefined);
		const removed = [...untold].filter(([, container]) => container === undefined).map(([id]) => id);
		untold.clear();
		return [{type: 'engine/containers-changed', changed, removed}];
	};

	const next = (): ContainerId | undefined => {
		const isFree = (id: ContainerId): boolean => !inFlight.has(id);
		const urgent = isStorm() ? undefined : touched.keys().find(isFree);
		const id = urgent ?? wanted.values().find(isFree);
		if (id === undefined) return undefined;
		touched.delete(id);
		wanted.delete(id);
		inFlight.add(id);
		return id;
	};

	const inspect = async (id: ContainerId, signal: AbortSignal): Promise<void> => {
		try {
			const container = await engine.inspectContainer(id, signal);
			if (!outdated.has(id)) note(id, container);
		} catch {
			// The list shows whether it was this container's trouble or the connection's.
			if (!signal.aborted) relisting.ask();
		} finally {
			inFlight.delete(id);
			outdated.delete(id);
		}
	};

	const list = async (signal: AbortSignal): Promise<EngineMessage> => {
		const listLagAt = clock.now() - listLagMs;
		for (const [id, at] of touched) if (at <= listLagAt) touched.delete(id);
		for (const [id, {at}] of looks) if (at < listLagAt) looks.delete(id);
		const listed = await engine.listContainers(signal);
		return {type: 'engine/containers-listed', containers: corrected(listed, looks)};
	};

	const pump = createPump(scope, inspectsAtOnce, next, inspect);
	const relisting = createReload(session, listLagMs, async signal => {
		try {
			const listed = await list(signal);
			session.post(...tell(), listed);
		} catch (error) {
			// Whether the whole connection is lost is for the event stream and the ping to say.
			session.post({type: 'engine/list-failed', list: 'containers', fault: faultOf(error, clock.now())});
			scope.after(retryMs, relisting.ask);
		}
		if (isStorm()) relisting.ask();
		pump.kick();
	});
	session.addSource('quick', tell);

	return {
		touch(id) {
			touched.set(id, clock.now());
			if (isStorm()) relisting.ask();
			pump.kick();
		},
		want(id) {
			if (!inFlight.has(id)) wanted.add(id);
			pump.kick();
		},
		unwant(id) {
			wanted.delete(id);
		},
		remove(id) {
			touched.delete(id);
			wanted.delete(id);
			if (inFlight.has(id)) outdated.add(id);
			note(id, undefined);
		},
		relist: relisting.ask,
		list,
	};
};

/** A list is a picture of a moment a little ago: what was inspected since then is newer. */
const corrected = (
	listed: readonly Container[],
	looks: ReadonlyMap<ContainerId, Look>,
): readonly Container[] => {
	if (looks.size === 0) return listed;
	const byId = new Map(listed.map(container => [container.id, container]));
	for (const [id, {container}] of looks) {
		if (container === undefined) byId.delete(id);
		else byId.set(id, container);
	}
	return [...byId.values()];
};
