import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import type {HistoryItem, ImageConfig} from '../image-types.ts';
import type {ImageId} from '../types.ts';

/** Of the `Engine` port: what an image is, beyond what the list tells. */
export type ImageCalls = {
	/** `GET /images/{id}/json`: its configuration and its layers; the history in it is empty. */
	readonly inspectImage: (id: ImageId, signal: AbortSignal) => Promise<ImageConfig>;
	/** `GET /images/{id}/history`, newest first. */
	readonly imageHistory: (id: ImageId, signal: AbortSignal) => Promise<readonly HistoryItem[]>;
};

export const imageCalls = (_client: EngineClient): ImageCalls => ({
	inspectImage: async () => {
		throw new EngineError('unsupported', 'still to come');
	},
	imageHistory: async () => {
		throw new EngineError('unsupported', 'still to come');
	},
});
