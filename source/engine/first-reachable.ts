import type {Endpoint} from './endpoint-types.ts';
import {createEngineClient, type EngineClient} from './engine-client.ts';
import {EngineError} from './errors.ts';
import {toEngineError} from './failure.ts';

/**
 * The first of the candidates, in their order, where an engine answers a ping.
 * @throws EngineError when none does: `permission` when one is there but closed to this user, else `unreachable`
 * with every place that was tried
 */
export const firstReachable = async (
	candidates: readonly Endpoint[],
	signal: AbortSignal,
): Promise<Endpoint> => {
	const failures: EngineError[] = [];
	for (const endpoint of candidates) {
		const failure = await pingFailure(endpoint, signal);
		if (failure === undefined) return endpoint;
		if (failure.kind === 'aborted') throw failure;
		failures.push(failure);
	}
	const closed = failures.find(failure => failure.kind === 'permission');
	if (closed !== undefined) throw closed;
	const places = candidates.map(({address}) => address).join(', ');
	throw new EngineError('unreachable', `no engine answers; tried ${places}`, {operation: 'connect'});
};

const pingFailure = async (endpoint: Endpoint, signal: AbortSignal): Promise<EngineError | undefined> => {
	const client: EngineClient = createEngineClient(endpoint);
	try {
		await client.ping(signal);
		return undefined;
	} catch (error) {
		return toEngineError(error, 'connect');
	} finally {
		client.transport.close();
	}
};
