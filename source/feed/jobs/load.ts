import type {Engine} from '../../engine/engine.ts';
import {EngineError} from '../../engine/errors.ts';
import type {TransferProgress} from '../../engine/types.ts';
import type {LoadTask} from '../../state/views/image-jobs.ts';

export const load = async (
	_engine: Engine,
	_task: LoadTask,
	_tell: (progress: TransferProgress) => void,
	_signal: AbortSignal,
): Promise<void> => {
	throw new EngineError('unsupported', 'still to come');
};
