import type {ImageTree} from '../../layers/types.ts';
import type {Fault} from '../loading.ts';

/** The layer-tree inspector's state. */
export type LayersView = {
	readonly imageId: string;
	readonly title: string;
	/** Which of its parts has the keys. */
	readonly focus: 'layers' | 'layerFiles' | 'waste';
	/** What was read so far. */
	readonly tree?: ImageTree;
	readonly startedAt: number;
	readonly fault?: Fault;
};

export type LayersMessage = {
	readonly type: 'layers/tree-arrived';
	readonly imageId: string;
	readonly tree: ImageTree;
};

/** What the inspector needs: the image to read. */
export type LayersDemand = {readonly imageId: string};
