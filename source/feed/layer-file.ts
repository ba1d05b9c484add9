import type {ImageId} from '../engine/types.ts';
import type {LayersDemand} from '../state/views/layers.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';

type Wanted = NonNullable<LayersDemand['file']>;

/** Reads the beginning of one file of a layer, for which the engine packs the image once more. */
export const createLayerFile = ({engine, scope, clock, post, getState}: Session) => {
	let current = '';
	let abort = (): void => {};

	const read = async (
		imageId: ImageId,
		{path, limitBytes, ...layer}: Wanted,
		signal: AbortSignal,
	): Promise<void> => {
		let readBytes = 0;
		const open = async function* (opened: AbortSignal) {
			for await (const chunk of engine.saveImages([imageId], opened)) {
				readBytes += chunk.length;
				yield chunk;
			}
		};
		const base = {type: 'layers/content-arrived', imageId, path} as const;
		try {
			// Loaded with the first file that is looked into.
			const {readFileStart} = await import('../layers/archive/read-files.ts');
			const found = await readFileStart({kind: 'stream', open}, {layer, path}, limitBytes, signal);
			if (signal.aborted) return;
			if (found === undefined) throw new Error('the layer does not have it');
			post({...base, bytes: found.bytes, isRead: true, readBytes});
		} catch (error) {
			if (signal.aborted) return;
			const bytes = getState().layers?.viewed?.content.bytes ?? new Uint8Array();
			post({...base, bytes, isRead: true, readBytes, fault: faultOf(error, clock.now())});
		}
	};

	return {
		meet(layers: LayersDemand | undefined): void {
			const file = layers?.file;
			const key = file === undefined ? '' : JSON.stringify([layers?.imageId, file]);
			if (key === current) return;
			current = key;
			abort();
			abort = () => {};
			if (layers === undefined || file === undefined) return;
			abort = scope.start(signal => read(layers.imageId, file, signal));
		},
	};
};
