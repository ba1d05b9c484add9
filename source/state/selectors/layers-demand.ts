import type {LayersDemand, LayersView} from '../views/layers.ts';

/** What the inspector needs of the engine: the image until it was read, and what is wanted of a file. */
export const layersDemand = (view: LayersView | undefined): LayersDemand | undefined => {
	if (view === undefined) return undefined;
	const {imageId, reading, turn, viewed} = view;
	const isReading = reading.status === 'reading';
	const isFileWanted = viewed !== undefined && !viewed.content.isRead;
	if (!isReading && !isFileWanted) return undefined;
	return {
		imageId,
		...(isReading && {turn}),
		...(isFileWanted && {
			file: {diffId: viewed.diffId, path: viewed.path, limitBytes: viewed.content.limitBytes},
		}),
	};
};
