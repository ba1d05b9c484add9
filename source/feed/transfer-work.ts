import {EngineError} from '../engine/errors.ts';
import type {TransferProgress} from '../engine/types.ts';
import type {TransferWork} from '../state/demand.ts';
import type {CopyTask} from '../state/views/files.ts';
import type {ImageJob, PullChoice} from '../state/views/image-jobs.ts';
import type {FeedContext} from './context.ts';
import {asAccount} from './registry-auth.ts';

type Tell = (progress: TransferProgress) => void;

type Errand = {readonly context: FeedContext; readonly tell: Tell; readonly signal: AbortSignal};

/** What was made is in the list when its end is told; of an image without a name no event tells. */
const listImages = async ({engine, batch}: FeedContext, signal: AbortSignal): Promise<void> => {
	try {
		batch.post({type: 'engine/images-listed', images: await engine.listImages(signal)});
	} catch (error) {
		// It is made all the same; the list is told to have failed by whoever keeps it.
		if (!(error instanceof EngineError)) throw error;
	}
};

const pull = async (
	reference: string,
	choice: PullChoice | undefined,
	{context, tell, signal}: Errand,
): Promise<void> => {
	const {engine, registries} = context;
	const items = asAccount(registries, reference, signal, who =>
		engine.pullImage(reference, signal, {...choice, ...who}),
	);
	for await (const item of items) {
		if (signal.aborted) return;
		tell(item);
	}
	await listImages(context, signal);
};

const copyFiles = async (task: CopyTask, {context, tell, signal}: Errand): Promise<void> => {
	// What it takes is loaded with the first copy.
	const {copy} = await import('./copies.ts');
	try {
		await copy(context.engine, task, tell, signal);
	} finally {
		const {containerId, target: path} = task;
		if (task.direction === 'in') context.batch.post({type: 'engine/files-changed', containerId, path});
	}
};

const carryOut = async (job: ImageJob, {context, tell, signal}: Errand): Promise<void> => {
	// Likewise.
	const {carryOutJob} = await import('./image-jobs.ts');
	await carryOutJob(context, job, tell, signal);
	if (job.kind !== 'save' && job.kind !== 'extract') await listImages(context, signal);
};

/**
 * Does what a transfer has to do. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's
 */
export const doWork = async (work: TransferWork, errand: Errand): Promise<void> => {
	switch (work.kind) {
		case 'pull':
			return pull(work.reference, work.choice, errand);
		case 'copy':
			return copyFiles(work.copy, errand);
		case 'job':
			return carryOut(work.job, errand);
	}
};
