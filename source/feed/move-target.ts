import type {Engine} from '../engine/engine.ts';
import type {Demand} from '../state/demand.ts';
import type {MoveTarget} from '../state/views/move-target.ts';
import type {OpenEngine, Session} from './context.ts';
import {faultOf} from './fault.ts';

/** Asks another engine what it is and has, while a question about it is open. */
export const createMoveTarget = (
	{clock, scope, post}: Session,
	openEngine: OpenEngine,
): {readonly meet: (demand: Demand) => void} => {
	let current: Demand['moveTarget'];
	let abort = (): void => {};

	const ask = async (engineId: string, signal: AbortSignal): Promise<MoveTarget> => {
		let engine: Engine | undefined;
		try {
			engine = openEngine(engineId);
			const {info} = await engine.connect(AbortSignal.any([signal]));
			const images = await engine.listImages(AbortSignal.any([signal]));
			return {engineId, status: 'known', info, images};
		} catch (error) {
			return {engineId, status: 'failed', fault: faultOf(error, clock.now())};
		} finally {
			engine?.close();
		}
	};

	const run = async (engineId: string, signal: AbortSignal): Promise<void> => {
		const target = await ask(engineId, signal);
		if (!signal.aborted) post({type: 'move/target-answered', target});
	};

	return {
		meet({moveTarget}) {
			if (moveTarget === current) return;
			current = moveTarget;
			abort();
			post({type: 'move/target-left'});
			abort = moveTarget === undefined ? () => {} : scope.start(signal => run(moveTarget.engineId, signal));
		},
	};
};
