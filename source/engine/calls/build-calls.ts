import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import type {TransferProgress} from '../types.ts';

export type BuildOptions = {
	/** Path of the Dockerfile in the context. */
	readonly dockerfile: string;
	readonly tags: readonly string[];
	readonly args: Readonly<Record<string, string>>;
	readonly labels: Readonly<Record<string, string>>;
	readonly target: string;
	readonly platform?: string;
	readonly isCacheless: boolean;
	readonly isPulling: boolean;
	readonly builder: 'auto' | 'classic' | 'buildkit';
};

/** Of the `Engine` port: builds. */
export type BuildCalls = {
	/**
	 * `POST /build`. Aborting the signal ends the build at the engine.
	 * @param context a tar of the build context, sent as it is made
	 */
	readonly buildImage: (
		context: AsyncIterable<Uint8Array>,
		options: BuildOptions,
		signal: AbortSignal,
	) => AsyncIterable<TransferProgress>;
};

export const buildCalls = (_client: EngineClient): BuildCalls => ({
	buildImage: () => {
		throw new EngineError('unsupported', 'still to come');
	},
});
