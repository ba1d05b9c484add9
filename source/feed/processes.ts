import type {ContainerId} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';

export type Processes = {readonly meet: (demand: Demand) => void};

const periodMs = 2000;
/** Each reading runs `ps` on the engine's host: it rests this many times as long as that took. */
const restFactor = 4;

const restAfter = (tookMs: number): number => Math.max(periodMs - tookMs, restFactor * tookMs);

/** Reads the processes that the screen shows, again and again, never twice at the same time. */
export const createProcesses = (session: Session): Processes => {
	const {engine, clock, scope} = session;
	let wanted: Demand['processes'];
	let abort = (): void => {};
	let callOff = (): void => {};

	const read = async (containerId: ContainerId, isPaused: boolean, signal: AbortSignal): Promise<void> => {
		const askedAt = clock.now();
		let isAgain = !isPaused;
		try {
			const processes = await engine.listProcesses(containerId, signal);
			if (signal.aborted) return;
			session.heard();
			const readAt = clock.now();
			const tookMs = readAt - askedAt;
			const table = {processes, readAt, tookMs, periodMs: isPaused ? 0 : tookMs + restAfter(tookMs)};
			session.post({type: 'processes/listed', containerId, table});
		} catch (error) {
			if (signal.aborted) return;
			isAgain = true;
			session.post({type: 'processes/failed', containerId, fault: faultOf(error, clock.now())});
		}
		if (isAgain) callOff = scope.after(restAfter(clock.now() - askedAt), begin);
	};

	const begin = (): void => {
		const current = wanted;
		if (current === undefined) return;
		abort = scope.start(signal => read(current.containerId, current.isPaused, signal));
	};

	return {
		meet({processes}) {
			if (processes?.containerId === wanted?.containerId && processes?.isPaused === wanted?.isPaused) return;
			abort();
			callOff();
			wanted = processes;
			begin();
		},
	};
};
