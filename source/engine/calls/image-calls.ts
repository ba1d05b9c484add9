import {decodeImageFacts, decodeImageHistory} from '../decode/image-facts.ts';
import type {EngineClient} from '../engine-client.ts';
import type {HistoryItem, ImageFacts} from '../image-types.ts';
import {referencePath} from '../paths.ts';
import type {ImageId} from '../types.ts';

/** Of the `Engine` port: what an image is, beyond what the list tells. Both reject with `not-found` when it is gone. */
export type ImageCalls = {
	/** `GET /images/{id}/json`: its configuration and its layers; the history in it is empty. */
	readonly inspectImage: (id: ImageId, signal: AbortSignal) => Promise<ImageFacts>;
	/** `GET /images/{id}/history`, newest first. */
	readonly imageHistory: (id: ImageId, signal: AbortSignal) => Promise<readonly HistoryItem[]>;
};

const readLimitMs = 30_000;

export const imageCalls = (client: EngineClient): ImageCalls => {
	const ask = (operation: string, id: ImageId, what: string, signal: AbortSignal): Promise<unknown> =>
		client.json({operation, path: `/images/${referencePath(id)}/${what}`, limitMs: readLimitMs}, signal);
	return {
		inspectImage: async (id, signal) => decodeImageFacts(await ask('inspect image', id, 'json', signal)),
		imageHistory: async (id, signal) => decodeImageHistory(await ask('image history', id, 'history', signal)),
	};
};
