import type {Container, ContainerId, EngineEvent} from '../engine/types.ts';
import type {State} from '../state/model.ts';
import type {CommandContext} from './types.ts';

/** What became of a container after its start. Times are milliseconds since the engine started it. */
export type StartOutcome =
	| {readonly kind: 'healthy'; readonly afterMs: number}
	| {readonly kind: 'unhealthy'; readonly afterMs: number; readonly output: string}
	| {
			readonly kind: 'exited';
			readonly afterMs: number;
			readonly code: number;
			readonly isOomKilled: boolean;
			/** Its restart policy starts it again. */
			readonly isRestarting: boolean;
	  }
	/** It is up, and there is no health check to wait for. */
	| {readonly kind: 'up'}
	/** Somebody stopped or removed it. */
	| {readonly kind: 'stopped'}
	/** It was not started, or nothing can be known of it any more. */
	| {readonly kind: 'unknown'};

export type StartWatch = {
	readonly outcome: Promise<StartOutcome>;
	/** It was not started after all. */
	readonly drop: () => void;
};

/** An end so soon after the start is told; later ones are for the list to show. */
const crashWindowMs = 10_000;
/** How long the inspect that an event causes may take before what it would tell is left out. */
const inspectGraceMs = 2000;

type Verdict = {readonly event: EngineEvent; readonly kind: 'exited' | 'healthy' | 'unhealthy'};

/** The events about a container that came since `last`, oldest first. */
const newEvents = (
	events: readonly EngineEvent[],
	last: EngineEvent | undefined,
	id: ContainerId,
): readonly EngineEvent[] =>
	events
		.slice(last === undefined ? 0 : events.lastIndexOf(last) + 1)
		.filter(({type, actorId}) => type === 'container' && actorId === id);

/** What the events since the start say, as far as they do. */
const createReader = () => {
	let startedAt: number | undefined;
	let isEndedByHand = false;
	return {
		startedAt: () => startedAt,
		/** @returns `stopped` when somebody ended it, nothing when there is nothing to tell yet. */
		read(event: EngineEvent): Verdict | 'stopped' | undefined {
			if (event.action === 'start') {
				startedAt = event.at;
				return undefined;
			}
			// Of a restart the end comes first.
			if (startedAt === undefined) return undefined;
			switch (event.action) {
				case 'kill':
				case 'stop':
					isEndedByHand = true;
					return undefined;
				case 'die':
					return isEndedByHand ? 'stopped' : {event, kind: 'exited'};
				case 'destroy':
					return 'stopped';
				case 'health_status':
					return event.actionDetail === 'healthy' || event.actionDetail === 'unhealthy'
						? {event, kind: event.actionDetail}
						: undefined;
				default:
					return undefined;
			}
		},
	};
};

/** Has the inspect come that the event caused? */
const isSeen = ({kind}: Verdict, container: Container | undefined): boolean => {
	if (container === undefined) return true;
	return kind === 'exited' ? container.state !== 'running' : container.health === kind;
};

const outcomeOf = (
	{kind, event}: Verdict,
	container: Container | undefined,
	startedAt: number,
): StartOutcome => {
	const afterMs = Math.max(0, event.at - startedAt);
	switch (kind) {
		case 'healthy':
			return {kind, afterMs};
		case 'unhealthy':
			return {kind, afterMs, output: container?.details?.healthLog.at(-1)?.output ?? ''};
		case 'exited':
			return {
				kind,
				afterMs,
				code: Number(event.attributes.exitCode ?? container?.exitCode ?? 0),
				isOomKilled: container?.details?.isOomKilled ?? false,
				isRestarting: container?.state === 'restarting',
			};
	}
};

/**
 * Follows a container that is about to be started by the engine's events until its health check has passed or failed;
 * without one until it has lived for a while. Asks the engine for nothing.
 * @param isJob it is followed to its end, however long that takes
 * @param windowMs how long one without a health check is followed
 */
export const watchStart = (
	{store, clock, signal}: CommandContext,
	id: ContainerId,
	isJob = false,
	windowMs = crashWindowMs,
): StartWatch => {
	const {promise: outcome, resolve} = Promise.withResolvers<StartOutcome>();
	const reader = createReader();
	const timers: (() => void)[] = [];
	let last = store.getState().events.at(-1);
	let verdict: Verdict | undefined;

	const end = (result: StartOutcome): void => {
		unsubscribe();
		for (const callOff of timers) callOff();
		signal.removeEventListener('abort', drop);
		resolve(result);
	};
	const drop = (): void => {
		end({kind: 'unknown'});
	};
	const containerNow = ({containers}: State): Container | undefined => containers.byId.get(id);
	const conclude = (found: Verdict): void => {
		end(outcomeOf(found, containerNow(store.getState()), reader.startedAt() ?? found.event.at));
	};

	const onStarted = (): void => {
		if (isJob) return;
		timers.push(
			clock.after(windowMs, () => {
				const container = containerNow(store.getState());
				if (verdict === undefined && container?.health !== 'starting') end({kind: 'up'});
			}),
		);
	};
	const read = (events: readonly EngineEvent[]): void => {
		for (const event of events) {
			const hadStarted = reader.startedAt() !== undefined;
			const found = reader.read(event);
			if (!hadStarted && reader.startedAt() !== undefined) onStarted();
			if (found === 'stopped') {
				end({kind: 'stopped'});
				return;
			}
			if (found === undefined || verdict !== undefined) continue;
			verdict = found;
			timers.push(
				clock.after(inspectGraceMs, () => {
					conclude(found);
				}),
			);
		}
	};
	const look = (): void => {
		const state = store.getState();
		if (state.engine.connection.status !== 'live') {
			drop();
			return;
		}
		const {events} = state;
		if (events.at(-1) !== last) {
			const fresh = newEvents(events, last, id);
			last = events.at(-1);
			read(fresh);
		}
		if (verdict !== undefined && isSeen(verdict, containerNow(state))) conclude(verdict);
	};

	const unsubscribe = store.subscribe(look);
	signal.addEventListener('abort', drop, {once: true});
	return {outcome, drop};
};
