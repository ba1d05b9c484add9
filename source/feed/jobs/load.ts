import type {Engine} from '../../engine/engine.ts';
import type {TransferProgress} from '../../engine/types.ts';
import type {LoadTask} from '../../state/views/image-jobs.ts';
import {openArchive} from './local-archive.ts';
import {createMeter} from './meter.ts';

/** Tells when the last byte has gone to the engine, which then takes its time. */
export async function* sent(
	chunks: AsyncIterable<Uint8Array>,
	onSent: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
	yield* chunks;
	onSent();
}

/** Sends an archive of images of this machine to the engine. */
export const load = async (
	engine: Engine,
	{path}: LoadTask,
	tell: (progress: TransferProgress) => void,
	signal: AbortSignal,
): Promise<void> => {
	const {chunks, totalBytes} = await openArchive(path);
	const meter = createMeter(tell, totalBytes);
	const archive = sent(meter.count(chunks), () => {
		tell({kind: 'waiting', status: 'sent, the engine reads it'});
	});
	for await (const progress of engine.loadImages(archive, signal)) {
		if (signal.aborted) return;
		tell(progress);
	}
};
