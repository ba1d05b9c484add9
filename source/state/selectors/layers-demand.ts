import type {LayersDemand, LayersView} from '../views/layers.ts';

/** What the inspector needs of the engine: the image until it was read, and what is wanted of a file. */
export const layersDemand = (view: LayersView | undefined): LayersDemand | undefined => {
	if (view === undefined) return undefined;
	const {imageId, reading, turn, viewed} = view;
	const isReading = reading.status === 'reading';
	const isFileWanted = viewed !== undefined && !viewed.content.isRead;
	const {focus, tree, waste, treeCount, isBaseLeftOut} = view;
	const isCounted = waste?.treeCount === treeCount && waste.isBaseLeftOut === isBaseLeftOut;
	const isWasteWanted = focus === 'waste' && tree !== undefined && !isCounted;
	if (!isReading && !isFileWanted && !isWasteWanted) return undefined;
	return {
		imageId,
		...(isReading && {turn}),
		...(isWasteWanted && {waste: {treeCount, isBaseLeftOut}}),
		...(isFileWanted && {
			file: {
				diffId: viewed.diffId,
				path: viewed.path,
				limitBytes: viewed.content.limitBytes,
				...(viewed.blob !== undefined && {blob: viewed.blob}),
			},
		}),
	};
};
