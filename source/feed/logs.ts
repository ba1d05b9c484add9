import {EngineError} from '../engine/errors.ts';
import type {ContainerId, LogLine} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {Session} from './context.ts';
import {faultOf, isConnectionLoss} from './fault.ts';
import {createLogCursor, type LogCursor} from './log-cursor.ts';

/** The log view's place in the log; outlives a connection. */
export type LogMemory = {current?: {readonly containerId: ContainerId; readonly cursor: LogCursor}};

/** A view that was closed or went to another container begins anew, connected or not. */
export const forgetOtherLog = (memory: LogMemory, {logs}: Demand): void => {
	if (memory.current?.containerId !== logs?.containerId) delete memory.current;
};

export type Logs = {
	readonly meet: (demand: Demand) => void;
	/** A new run of the container began. */
	readonly started: (id: ContainerId) => void;
};

const tail = 1000;
/** A log that ends although its container runs is not opened again faster than this. */
const reopenMs = 250;
const retryMs = 1000;

type Follow = {
	readonly containerId: ContainerId;
	abort: () => void;
	isReading: boolean;
	/** The container began to run while its old log was still being read to the end. */
	hasStarted: boolean;
	isRunning: boolean;
};

/** Follows the log that the screen shows, over stops, restarts and lost connections. */
export const createLogs = (session: Session, memory: LogMemory): Logs => {
	const {engine, clock, scope} = session;
	let follow: Follow | undefined;
	let untold: LogLine[] = [];

	const tell = (): readonly EngineMessage[] => {
		if (follow === undefined || untold.length === 0) return [];
		const lines = untold;
		untold = [];
		return [{type: 'engine/logs-appended', containerId: follow.containerId, lines}];
	};
	session.addSource('quick', tell);

	const isTty = async (id: ContainerId, signal: AbortSignal): Promise<boolean> => {
		const known = session.getState().containers.byId.get(id)?.details;
		return (known ?? (await inspectDetails(id, signal))).isTty;
	};

	const inspectDetails = async (id: ContainerId, signal: AbortSignal) => {
		const container = await engine.inspectContainer(id, signal);
		if (container?.details === undefined) throw new EngineError('not-found', `No such container: ${id}`);
		return container.details;
	};

	const read = async ({containerId}: Follow, signal: AbortSignal): Promise<void> => {
		const isReopened = memory.current?.containerId === containerId;
		const cursor = isReopened && memory.current ? memory.current.cursor : createLogCursor();
		const options = {tail, follow: true, isTty: await isTty(containerId, signal)};
		if (signal.aborted) return;
		memory.current = {containerId, cursor};
		session.post({type: 'engine/logs-opened', containerId, isReopened});
		cursor.rewind();
		const since = cursor.since();
		const lines = engine.logs(containerId, since === undefined ? options : {...options, since}, signal);
		for await (const line of lines) {
			if (signal.aborted) return;
			if (!cursor.isNew(line)) continue;
			untold.push(line);
			session.wake();
		}
	};

	const run = async (current: Follow, signal: AbortSignal): Promise<void> => {
		const {containerId} = current;
		try {
			await read(current, signal);
			if (signal.aborted) return;
			const container = await engine.inspectContainer(containerId, signal);
			if (signal.aborted) return;
			current.isReading = false;
			if (current.hasStarted || container?.state === 'running') openLater(current, reopenMs);
			else session.post(...tell(), {type: 'engine/logs-ended', containerId});
		} catch (error) {
			if (signal.aborted) return;
			current.isReading = false;
			const fault = faultOf(error, clock.now());
			session.post(...tell(), {type: 'engine/logs-ended', containerId, fault});
			// A proxy cut the stream, or the whole connection is about to be found lost.
			if (isConnectionLoss(error)) openLater(current, retryMs);
		}
	};

	const openLater = (current: Follow, delayMs: number): void => {
		scope.after(delayMs, () => {
			open(current);
		});
	};

	const open = (current: Follow): void => {
		if (follow !== current || current.isReading) return;
		current.isReading = true;
		current.hasStarted = false;
		current.abort = scope.start(signal => run(current, signal));
	};

	const close = (): void => {
		follow?.abort();
		follow = undefined;
		untold = [];
	};

	return {
		meet({logs}) {
			if (logs === undefined) {
				close();
				return;
			}
			const {containerId, isRunning} = logs;
			if (follow?.containerId !== containerId) {
				close();
				follow = {containerId, abort: () => {}, isReading: false, hasStarted: false, isRunning};
				open(follow);
				return;
			}
			const hasTurned = isRunning && !follow.isRunning;
			follow.isRunning = isRunning;
			if (hasTurned) open(follow);
		},
		started(id) {
			if (follow?.containerId !== id) return;
			if (follow.isReading) follow.hasStarted = true;
			else open(follow);
		},
	};
};
