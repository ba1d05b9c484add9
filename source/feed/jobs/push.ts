import {EngineError} from '../../engine/errors.ts';
import type {TransferProgress} from '../../engine/types.ts';
import {shortId} from '../../format/image-name.ts';
import {repositoryOf} from '../../format/repository.ts';
import {findNamed} from '../../state/selectors/images.ts';
import type {PushTask} from '../../state/views/image-jobs.ts';
import type {FeedContext} from '../context.ts';
import {asAccount} from '../registry-auth.ts';

/** It may have waited in the queue, or be tried again: what was asked for is pushed, or nothing. */
const checkName = async (
	{engine}: Pick<FeedContext, 'engine'>,
	{reference, imageId}: PushTask,
	signal: AbortSignal,
): Promise<void> => {
	const holder = findNamed(await engine.listImages(signal), reference);
	// One that is not found may only be spelt another way: the engine knows.
	if (holder === undefined || holder.id === imageId) return;
	throw new EngineError(
		'conflict',
		`${reference} names another image by now (${shortId(holder.id)}), so nothing was pushed`,
	);
};

/**
 * Pushes one name of an image to its registry, as the account that this machine has there. The result is the digest
 * that the registry knows it by: `repository@sha256:…`.
 */
export const push = async (
	context: Pick<FeedContext, 'engine' | 'registries'>,
	task: PushTask,
	tell: (progress: TransferProgress) => void,
	signal: AbortSignal,
): Promise<void> => {
	const {reference, platform} = task;
	const {engine, registries} = context;
	await checkName(context, task, AbortSignal.any([signal]));
	const lines = asAccount(registries, reference, signal, ({auth}) =>
		engine.pushImage(reference, signal, auth, platform),
	);
	for await (const progress of lines) {
		if (signal.aborted) return;
		tell(progress);
		if (progress.kind === 'digest')
			tell({kind: 'result', names: [`${repositoryOf(reference)}@${progress.digest}`]});
	}
};
