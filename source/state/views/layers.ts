import type {ImageId} from '../../engine/types.ts';
import type {SecretReport} from '../../layers/reports/secrets.ts';
import type {Waste} from '../../layers/reports/waste.ts';
import type {ChangeKind} from '../../layers/tree/view.ts';
import type {ImageIdentity, ImageTree} from '../../layers/types.ts';
import type {Fault} from '../loading.ts';
import type {FileContent} from './files.ts';
import type {ContentPlace} from './image-jobs.ts';

/** Which part of the inspector has the keys. */
export type LayersFocus = 'layers' | 'layerFiles' | 'waste';

/** How far the reading of an image is, or how it ended. Times in epoch ms. */
export type LayersReading =
	/** Nobody has looked at the tab yet. */
	| {readonly status: 'idle'}
	| {
			readonly status: 'reading';
			readonly startedAt: number;
			/** 0 while the engine has sent nothing. */
			readonly readBytes: number;
			/** Something of this reading has arrived already. */
			readonly hasTree: boolean;
	  }
	| {readonly status: 'done'; readonly readBytes: number}
	| {readonly status: 'cancelled'; readonly readBytes: number}
	| {readonly status: 'failed'; readonly readBytes: number; readonly fault: Fault};

/** A file of a layer that is looked into. */
export type ViewedFile = ContentPlace & {
	readonly content: FileContent;
	/** Of the engine's stream, up to the file. */
	readonly readBytes: number;
	readonly startedAt: number;
};

/** The layer-tree inspector's state. */
export type LayersView = {
	readonly imageId: ImageId;
	readonly title: string;
	readonly focus: LayersFocus;
	readonly reading: LayersReading;
	/** Counts the wishes to read it. */
	readonly turn: number;
	/** What was read so far. */
	readonly tree?: ImageTree;
	/** Counts the trees that came. */
	readonly treeCount: number;
	readonly identity?: ImageIdentity;
	/** Changes of everything up to the layer, instead of the layer's own. */
	readonly isCumulative: boolean;
	/** Directories that stand open, by node. */
	readonly unfolded: ReadonlySet<number>;
	readonly shown: ReadonlySet<ChangeKind>;
	/** Waste in the lowest layer does not count. */
	readonly isBaseLeftOut: boolean;
	readonly waste?: WasteReport;
	readonly viewed?: ViewedFile;
};

/** What is stored and never seen, and what looks like a secret. */
export type WasteReport = {
	/** Of which tree. */
	readonly treeCount: number;
	readonly isBaseLeftOut: boolean;
	readonly waste: Waste;
	readonly secrets: SecretReport;
};

/** What the engine told. */
export type LayersFact =
	| {readonly type: 'layers/began'; readonly imageId: ImageId; readonly at: number}
	| {readonly type: 'layers/progressed'; readonly imageId: ImageId; readonly readBytes: number}
	| {readonly type: 'layers/tree-arrived'; readonly imageId: ImageId; readonly tree: ImageTree}
	| {
			readonly type: 'layers/ended';
			readonly imageId: ImageId;
			readonly readBytes: number;
			readonly identity: ImageIdentity;
	  }
	| {readonly type: 'layers/waste-counted'; readonly imageId: ImageId; readonly report: WasteReport}
	| {readonly type: 'layers/failed'; readonly imageId: ImageId; readonly fault: Fault}
	| {
			readonly type: 'layers/content-arrived';
			readonly imageId: ImageId;
			readonly path: string;
			readonly bytes: Uint8Array;
			readonly readBytes: number;
			readonly isRead: boolean;
			readonly fault?: Fault;
	  };

/** What its reader wants. */
export type LayersIntent =
	| {readonly type: 'layers/focused'; readonly focus: LayersFocus}
	/** Stops the reading. */
	| {readonly type: 'layers/cancelled'}
	| {readonly type: 'layers/reread'}
	| {readonly type: 'layers/cumulative-toggled'}
	| {readonly type: 'layers/kind-toggled'; readonly kind: ChangeKind}
	| {readonly type: 'layers/unfolded'; readonly unfolded: ReadonlySet<number>}
	| {readonly type: 'layers/base-toggled'}
	| {readonly type: 'layers/viewed'; readonly viewed: ViewedFile};

export type LayersMessage = LayersFact | LayersIntent;

/** What the inspector needs of the engine. */
export type LayersDemand = {
	readonly imageId: ImageId;
	/** Absent: what was read is enough. */
	readonly turn?: number;
	/** The waste of a tree is to be counted. */
	readonly waste?: {readonly treeCount: number; readonly isBaseLeftOut: boolean};
	/** The head of a file. */
	readonly file?: {
		readonly diffId: string;
		readonly blob?: string;
		readonly path: string;
		readonly limitBytes: number;
	};
};
