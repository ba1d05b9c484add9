import {Readable} from 'node:stream';
import type {BuildEvent, BuildOptions} from '../build-types.ts';
import type {EngineClient} from '../engine-client.ts';

/** Of the `Engine` port: builds. */
export type BuildCalls = {
	/**
	 * `POST /build`. Aborting the signal ends the build at the engine, which removes what it was running.
	 * @param context a tar of the build context, sent as it is made; its error is the error of the build
	 */
	readonly buildImage: (
		context: AsyncIterable<Uint8Array>,
		options: BuildOptions,
		signal: AbortSignal,
	) => AsyncIterable<BuildEvent>;
};

export const buildCalls = (client: EngineClient): BuildCalls => ({
	buildImage: (context, options, signal) =>
		client.guarded('build', signal, built(client, context, options, signal)),
});

/** Builds are rare: what reads their streams is loaded with the first. */
async function* built(
	client: EngineClient,
	context: AsyncIterable<Uint8Array>,
	options: BuildOptions,
	signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
	const upload = Readable.from(context, {objectMode: false, highWaterMark: 1 << 20});
	// Without a reader an error would end the process.
	upload.on('error', () => {});
	try {
		const {runBuild} = await import('../build/run-build.ts');
		yield* runBuild(client, upload, options, signal);
	} finally {
		upload.destroy();
	}
}
