import {openContext} from '../../engine/build/context.ts';
import type {ContextMeter} from '../../engine/build/context-archive.ts';
import {findBuildPlace} from '../../engine/build/dockerfile.ts';
import type {BuildEvent} from '../../engine/build-types.ts';
import type {TransferProgress} from '../../engine/types.ts';
import type {BuildTask} from '../../state/views/image-jobs.ts';
import type {FeedContext} from '../context.ts';
import {createBuildAccounts} from '../registry-auth.ts';

/** Is anything told of the context oftener than this, the screen does not show it anyway. */
const tellEveryBytes = 256 * 1024;

type Tell = (progress: TransferProgress) => void;

const createMeter = (tell: (event: BuildEvent) => void): ContextMeter & {readonly report: () => void} => {
	let bytes = 0;
	let fileCount = 0;
	let toldBytes = 0;
	const report = (): void => {
		toldBytes = bytes;
		tell({type: 'context', bytes, fileCount});
	};
	return {
		report,
		onBytes: count => {
			bytes += count;
			if (bytes - toldBytes >= tellEveryBytes) report();
		},
		onFile: () => {
			fileCount += 1;
			if (fileCount % 200 === 0) report();
		},
	};
};

/** Says so when all of it was read. */
async function* watched(
	archive: AsyncIterable<Uint8Array>,
	onEnd: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
	yield* archive;
	onEnd();
}

/**
 * Builds an image from a directory of this machine; base images come from their registries as the accounts of this
 * machine. Ends quietly when its signal aborts.
 * @throws EngineError with the engine's words, LocalFileError with this machine's
 */
export const build = async (
	{engine, registries}: Pick<FeedContext, 'engine' | 'registries'>,
	task: BuildTask,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	const tellEvent = (event: BuildEvent): void => {
		tell({kind: 'build', event});
	};
	const meter = createMeter(tellEvent);
	const context = await openContext(await findBuildPlace(task.directory, task.dockerfile), meter);
	const archive = watched(context.archive, () => {
		meter.report();
		tellEvent({type: 'context-sent'});
	});
	const {tags, args, labels, target, platform, isCacheless, isPulling, builder} = task;
	const options = {tags, args, labels, target, isCacheless, isPulling, builder};
	const {accounts, explain} = createBuildAccounts(registries);
	const events = engine.buildImage(
		archive,
		{dockerfile: context.dockerfile, ...options, accounts, ...(platform === undefined ? {} : {platform})},
		signal,
	);
	try {
		for await (const event of events) tellEvent(event);
	} catch (error) {
		throw explain(error);
	}
};
