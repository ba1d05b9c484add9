import type {Clock} from '../../clock.ts';
import {DemoError} from '../contract.ts';
import {afterLong, pause} from '../pause.ts';
import type {ContainerEvents} from './container-events.ts';
import {type ContainerStore, untilContainer} from './container-store.ts';
import {type DemoContainer, isAlive} from './container-types.ts';
import type {LogStore} from './log-store.ts';
import {restartDelayMs} from './restart-policy.ts';
import type {Runner} from './runner.ts';
import {isDeadly} from './signals.ts';

/** What can be done to containers, with the events and in the words of an engine. Each takes an id. */
export type Lifecycle = {
	/** @param restartCount how often it was started by its policy before @throws DemoError 409 when paused */
	readonly start: (id: string, restartCount?: number) => void;
	/** Resolves when it is stopped. @param graceMs from SIGTERM to SIGKILL; for ever below 0 */
	readonly stop: (id: string, graceMs: number) => Promise<void>;
	readonly restart: (id: string, graceMs: number) => Promise<void>;
	/** @throws DemoError 409 when it does not run */
	readonly kill: (id: string, signal: number) => void;
	readonly pause: (id: string) => void;
	readonly unpause: (id: string) => void;
	/** It ended: by itself, or of a signal. */
	readonly end: (id: string, code: number, isOom: boolean) => void;
	/** @throws DemoError 409 when it runs and `isForced` is false */
	readonly remove: (id: string, isForced: boolean) => void;
};

export type LifecycleParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly logs: LogStore;
	readonly runner: Runner;
	readonly events: ContainerEvents;
	readonly stopped: AbortSignal;
};

/** Pids begin beyond what a kernel gives out, so that none can be a real process of the machine. */
const firstPid = 10_000_000;

export const createLifecycle = (parts: LifecycleParts): Lifecycle => {
	const {clock, store, logs, runner, events, stopped} = parts;
	/** What was stopped by a person: no policy starts it again. */
	const stoppedByHand = new Set<string>();
	const restarts = new Map<string, () => void>();
	let pids = 0;
	const callOffRestarts = (): void => {
		for (const callOff of restarts.values()) callOff();
	};
	stopped.addEventListener('abort', callOffRestarts, {once: true});

	const callOffRestart = (id: string): void => {
		restarts.get(id)?.();
		restarts.delete(id);
	};

	const begin = (id: string, restartCount: number): void => {
		const now = clock.now();
		callOffRestart(id);
		const before = store.get(id);
		const {program} = before.spec;
		const hasHealth = program.kind === 'service' && program.health !== undefined;
		pids += 1;
		logs.begin(id, now, program);
		const container = store.change(id, {
			status: 'running',
			pid: firstPid + pids,
			exitCode: 0,
			isOomKilled: false,
			startedAt: now,
			pausedMs: 0,
			restartCount,
			...(hasHealth ? {health: {status: 'starting', failingStreak: 0}} : {}),
		});
		if (container === undefined) return;
		events.attach(container);
		events.tell(container, 'start');
		runner.begin(container, {ended: end, healthChanged});
	};

	const healthChanged = (id: string, status: 'starting' | 'healthy' | 'unhealthy'): void => {
		const failingStreak = status === 'unhealthy' ? 3 : 0;
		const container = store.change(id, {health: {status, failingStreak}});
		if (container !== undefined) events.tell(container, `health_status: ${status}`);
	};

	const end = (id: string, code: number, isOom: boolean): void => {
		const before = store.find(id);
		if (before === undefined || !isAlive(before) || stopped.aborted) return;
		const now = clock.now();
		runner.end(id);
		logs.end(id, now);
		const delayMs = stoppedByHand.has(id) ? undefined : restartDelayMs(before, code, now);
		const container = store.change(id, {
			status: delayMs === undefined ? 'exited' : 'restarting',
			pid: 0,
			exitCode: code,
			isOomKilled: isOom,
			finishedAt: now,
			exits: before.exits + 1,
		});
		if (container === undefined) return;
		if (isOom) events.tell(container, 'oom');
		events.tell(container, 'die', {exitCode: String(code)});
		events.detach(container);
		if (delayMs !== undefined)
			restarts.set(
				id,
				afterLong(clock, delayMs, () => begin(id, before.restartCount + 1)),
			);
		else if (container.spec.isAutoRemove && !stoppedByHand.has(id)) destroy(container);
	};

	const destroy = (container: DemoContainer): void => {
		const {id} = container;
		callOffRestart(id);
		stoppedByHand.delete(id);
		store.remove(id);
		logs.forget(id);
		events.tell(container, 'destroy');
	};

	/** A signal reaches a frozen process only when it is thawed. */
	const thaw = (container: DemoContainer): void => {
		if (container.status === 'paused') unpause(container.id);
	};

	const unpause = (id: string): void => {
		const {status, pausedAt, pausedMs} = store.get(id);
		if (status !== 'paused') throw new DemoError(500, `Container ${id} is not paused`);
		const container = store.change(id, {
			status: 'running',
			pausedMs: pausedMs + (clock.now() - (pausedAt ?? clock.now())),
		});
		if (container !== undefined) events.tell(container, 'unpause');
	};

	const terminate = async (container: DemoContainer, graceMs: number): Promise<void> => {
		const {id, spec} = container;
		events.tell(container, 'kill', {signal: '15'});
		thaw(container);
		const {program} = spec;
		// A shell as process 1 does not react to it.
		const reaction = program.kind === 'service' ? program.termination : undefined;
		const gone = new AbortController();
		const both = AbortSignal.any([stopped, gone.signal]);
		const isWilling = reaction !== undefined && (graceMs < 0 || reaction.afterMs <= graceMs);
		const waitMs = isWilling ? reaction.afterMs : graceMs < 0 ? Number.MAX_SAFE_INTEGER : graceMs;
		const endedByItself = untilContainer(store, id, now => !isAlive(now), both);
		await Promise.race([pause(clock, waitMs, both), endedByItself]);
		gone.abort();
		const now = store.find(id);
		if (now === undefined || !isAlive(now) || stopped.aborted) return;
		if (!isWilling) events.tell(now, 'kill', {signal: '9'});
		end(id, isWilling ? reaction.code : 137, false);
	};

	const stop = async (id: string, graceMs: number): Promise<void> => {
		const container = store.get(id);
		stoppedByHand.add(id);
		if (container.status === 'restarting') {
			callOffRestart(id);
			store.change(id, {status: 'exited'});
		} else await terminate(container, graceMs);
		const after = store.find(id);
		if (after === undefined) return;
		events.tell(after, 'stop');
	};

	const removeAfterStop = (id: string): void => {
		const container = store.find(id);
		if (container?.spec.isAutoRemove === true && container.status === 'exited') destroy(container);
	};

	const start = (id: string, restartCount = 0): void => {
		stoppedByHand.delete(id);
		const {status} = store.get(id);
		if (status === 'paused') throw new DemoError(409, 'cannot start a paused container, try unpause instead');
		begin(id, restartCount);
	};

	return {
		start,
		stop: async (id, graceMs) => {
			await stop(id, graceMs);
			removeAfterStop(id);
		},
		restart: async (id, graceMs) => {
			const {status} = store.get(id);
			if (status === 'running' || status === 'paused' || status === 'restarting') await stop(id, graceMs);
			if (stopped.aborted || store.find(id) === undefined) return;
			start(id);
			events.tell(store.get(id), 'restart');
		},
		kill: (id, signal) => {
			const container = store.get(id);
			if (!isAlive(container)) throw new DemoError(409, `Container ${id} is not running`);
			events.tell(container, 'kill', {signal: String(signal)});
			if (!isDeadly(signal)) return;
			const {program} = container.spec;
			// Process 1 hears only what it listens to, and a shell listens to nothing.
			if (signal !== 9 && program.kind === 'command') return;
			thaw(container);
			stoppedByHand.add(id);
			end(id, 128 + signal, false);
			removeAfterStop(id);
		},
		pause: id => {
			const {status} = store.get(id);
			if (status === 'paused') throw new DemoError(409, `Container ${id} is already paused`);
			if (status !== 'running') throw new DemoError(409, `Container ${id} is not running`);
			const container = store.change(id, {status: 'paused', pausedAt: clock.now()});
			if (container !== undefined) events.tell(container, 'pause');
		},
		unpause,
		end,
		remove: (id, isForced) => {
			const container = store.get(id);
			if (isAlive(container) || container.status === 'restarting') {
				if (!isForced)
					throw new DemoError(
						409,
						`You cannot remove a ${container.status} container ${id}. ${container.status === 'paused' ? 'Unpause and then stop' : 'Stop'} the container before attempting removal or force remove`,
					);
				stoppedByHand.add(id);
				if (isAlive(container)) {
					events.tell(container, 'kill', {signal: '9'});
					end(id, 137, false);
				}
			}
			const last = store.find(id);
			if (last !== undefined) destroy(last);
		},
	};
};
