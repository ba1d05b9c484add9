import type {Engine} from '../../engine/engine.ts';
import {EngineError} from '../../engine/errors.ts';
import type {TransferProgress} from '../../engine/types.ts';
import type {BuildTask} from '../../state/views/image-jobs.ts';

export const build = async (
	_engine: Engine,
	_task: BuildTask,
	_tell: (progress: TransferProgress) => void,
	_signal: AbortSignal,
): Promise<void> => {
	throw new EngineError('unsupported', 'still to come');
};
