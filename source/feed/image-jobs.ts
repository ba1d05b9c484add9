import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/errors.ts';
import type {TransferProgress} from '../engine/types.ts';
import type {ImageJob} from '../state/views/image-jobs.ts';
import {build} from './jobs/build.ts';
import {extract} from './jobs/extract.ts';
import {importTar} from './jobs/import.ts';
import {load} from './jobs/load.ts';
import {save} from './jobs/save.ts';

export type Tell = (progress: TransferProgress) => void;

/**
 * Does what was asked for with images. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's
 */
export const carryOutJob = async (
	engine: Engine,
	job: ImageJob,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	switch (job.kind) {
		case 'save':
			return save(engine, job, tell, signal);
		case 'load':
			return load(engine, job, tell, signal);
		case 'import':
			return importTar(engine, job, tell, signal);
		case 'build':
			return build(engine, job, tell, signal);
		case 'extract':
			return extract(engine, job, tell, signal);
		default:
			throw new EngineError('unsupported', job satisfies never);
	}
};
