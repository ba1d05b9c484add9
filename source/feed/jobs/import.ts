import type {Engine} from '../../engine/engine.ts';
import type {TransferProgress} from '../../engine/types.ts';
import type {ImportTask} from '../../state/views/image-jobs.ts';
import {sent} from './load.ts';
import {openArchive} from './local-archive.ts';
import {createMeter} from './meter.ts';

type Archive = {readonly chunks: AsyncIterable<Uint8Array>; readonly totalBytes?: number};

/**
 * Makes an image of a root file system.
 * @param archive where it comes from; absent: the file of the task
 */
export const importTar = async (
	engine: Engine,
	{path, reference, changes, message, platform}: ImportTask,
	tell: (progress: TransferProgress) => void,
	signal: AbortSignal,
	archive?: Archive,
): Promise<void> => {
	const {chunks, totalBytes} = archive ?? (await openArchive(path));
	const meter = createMeter(tell, totalBytes);
	const upload = sent(meter.count(chunks), () => {
		tell({kind: 'waiting', status: 'sent, the engine makes the image'});
	});
	const options = {reference, changes, message, ...(platform === undefined ? {} : {platform})};
	for await (const progress of engine.importImage(upload, options, signal)) {
		if (signal.aborted) return;
		tell(progress);
	}
};
