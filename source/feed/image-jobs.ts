import {EngineError} from '../engine/errors.ts';
import type {TransferProgress} from '../engine/types.ts';
import type {ImageJob} from '../state/views/image-jobs.ts';
import type {FeedContext} from './context.ts';
import {build} from './jobs/build.ts';
import {extract} from './jobs/extract.ts';
import {importTar} from './jobs/import.ts';
import {load} from './jobs/load.ts';
import {move} from './jobs/move.ts';
import {push} from './jobs/push.ts';
import {save} from './jobs/save.ts';

export type Tell = (progress: TransferProgress) => void;

export type JobContext = Pick<FeedContext, 'engine' | 'registries' | 'openEngine'>;

/**
 * Does what was asked for with images. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's
 */
export const carryOutJob = async (
	context: JobContext,
	job: ImageJob,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	const {engine} = context;
	switch (job.kind) {
		case 'save':
			return save(engine, job, tell, signal);
		case 'load':
			return load(engine, job, tell, signal);
		case 'import':
			return importTar(engine, job, tell, signal);
		case 'build':
			return build(context, job, tell, signal);
		case 'extract':
			return extract(engine, job, tell, signal);
		case 'push':
			return push(context, job, tell, signal);
		case 'move':
			return move(context, job, tell, signal);
		default:
			throw new EngineError('unsupported', job satisfies never);
	}
};
