import process from 'node:process';
import {whyNoEngine} from '../engine/host-tools.ts';
import {
	prepareMachine,
	removeAbandonedEngines,
	startEngine,
	type ThrowawayEngine,
} from '../engine/throwaway.ts';
import type {Lane} from './lanes.ts';

/** Why the tests on an engine cannot run here; `undefined` when they can. */
export function whyNoLanes(): string | undefined {
	return process.env.GANTRY_TEST_HOST ? undefined : whyNoEngine();
}

/**
 * Lanes for tests on an engine. Each has a throwaway engine of its own, so that tests may count, prune and watch
 * what is on it; with GANTRY_TEST_HOST there is one lane, on that engine.
 * @param use gets them; when it has ended, the engines are stopped.
 */
export async function withLanes(
	count: number,
	use: (lanes: readonly Lane[]) => Promise<void>,
): Promise<void> {
	if (process.env.GANTRY_TEST_HOST) {
		await use([{env: {}}]);
		return;
	}

	await prepareMachine();
	const starts = await Promise.allSettled(Array.from({length: count}, startEngine));
	const engines = starts.filter(start => start.status === 'fulfilled').map(start => start.value);
	try {
		for (const start of starts) if (start.status === 'rejected') throw start.reason;
		await use(engines.map(laneOf));
	} finally {
		await Promise.all(engines.map(engine => engine.stop()));
		// Tests that start one of their own may have been killed.
		await removeAbandonedEngines();
	}
}

function laneOf({host, registry, authRegistry}: ThrowawayEngine): Lane {
	return {
		env: {
			GANTRY_TEST_HOST: host,
			GANTRY_TEST_REGISTRY: registry,
			GANTRY_TEST_AUTH_REGISTRY: authRegistry,
		},
	};
}
