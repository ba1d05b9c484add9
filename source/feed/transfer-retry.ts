import {EngineError} from '../engine/errors.ts';
import {type RegistryFailure, registryFailure} from '../engine/registry-failure.ts';
import {remoteReference} from '../registry/reference.ts';
import {securityOf} from '../registry/security.ts';
import {RegistryError} from '../registry/types.ts';
import type {TransferWork} from '../state/demand.ts';
import type {TransferRetry} from '../state/model.ts';
import type {FeedContext} from './context.ts';
import {registryReference} from './transfer-fault.ts';

/** Before the second, third and fourth try. */
const delaysMs = [2000, 8000, 30_000] as const;
/** Who was refused at the same moment does not come back at the same moment. */
const jitter = 0.25;
/** A registry that asks for a longer pause is not waited for. */
const longestMs = 15 * 60_000;

const isPassing = (failure: RegistryFailure | undefined): failure is TransferRetry['cause'] =>
	failure === 'rate-limited' || failure === 'unavailable';

/** How long the registry wants to be left alone, where it says so: the engine does not pass that on. */
const askRegistry = async (
	{registries, getState}: FeedContext,
	reference: string,
	signal: AbortSignal,
): Promise<number | undefined> => {
	const remote = remoteReference(reference);
	if (remote === undefined) return undefined;
	try {
		const {client} = await registries();
		const security = securityOf(remote.host, getState().engine.info?.insecureRegistries ?? []);
		await client(remote.host, security).head(remote.repository, remote.reference, signal);
		return undefined;
	} catch (error) {
		return error instanceof RegistryError ? error.facts.retryAfterMs : undefined;
	}
};

/**
 * When and why a transfer that has failed is tried again; nothing when it is not: its reason will not pass, or it
 * was tried often enough.
 * @param tries how often it was tried, this time included
 */
export const planRetry = async (
	context: FeedContext,
	work: TransferWork,
	error: unknown,
	tries: number,
	signal: AbortSignal,
): Promise<TransferRetry | undefined> => {
	const reference = registryReference(work);
	const delayMs = delaysMs[tries - 1];
	if (reference === undefined || delayMs === undefined || !(error instanceof EngineError)) return undefined;
	const cause = registryFailure(error.message);
	if (!isPassing(cause)) return undefined;
	const askedMs = cause === 'rate-limited' ? await askRegistry(context, reference, signal) : undefined;
	if (askedMs !== undefined && askedMs > longestMs) return undefined;
	const waitMs = Math.max(askedMs ?? 0, delayMs) * (1 + Math.random() * jitter);
	return {tries, most: delaysMs.length, cause, at: context.clock.now() + Math.round(waitMs)};
};
