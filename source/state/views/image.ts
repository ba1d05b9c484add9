import type {HistoryItem, ImageFacts} from '../../engine/image-types.ts';
import type {ImageId} from '../../engine/types.ts';
import type {HistoryLayers} from '../../layers/history-layers.ts';
import type {ImageContents} from '../../layers/sharing.ts';
import type {Fault, Loading} from '../loading.ts';

/** A step of an image's history, with what is known of the layer that it made. */
export type ImageHistory = {
	/** Newest first. */
	readonly steps: readonly HistoryItem[];
	/** Of the steps from the oldest on. */
	readonly map: HistoryLayers;
};

/** What the screen of an image knows of it. It stays when the image is gone. */
export type ImageView = {
	readonly imageId: string;
	/** The name by which it was opened. */
	readonly title: string;
	readonly loading: Loading;
	/** Absent until it was loaded. */
	readonly config?: ImageFacts;
	readonly history?: ImageHistory;
	/** The values whose names look secret are shown. */
	readonly isRevealed: boolean;
	/** First line of the tables that is shown. */
	readonly offset: number;
	/** Set once it is gone: when (epoch ms), and the event's action when one told it. */
	readonly departure?: {readonly at: number; readonly by?: string};
};

/** What is known of an image in the list beyond the list, as long as its id is the same. */
export type StoredImage = ImageContents & {
	/** `linux/arm64/v8`; empty where nobody says. */
	readonly platform: string;
};

export type ImageMessage =
	| {
			readonly type: 'image/loaded';
			readonly imageId: string;
			readonly config: ImageFacts;
			readonly history: ImageHistory;
	  }
	| {readonly type: 'image/failed'; readonly imageId: string; readonly fault: Fault}
	| {readonly type: 'image/secrets-toggled'}
	/** Of images in the list: their layers, and which could not be asked for them. */
	| {
			readonly type: 'images/contents-read';
			readonly contents: ReadonlyMap<ImageId, StoredImage>;
			readonly unreadable: readonly ImageId[];
	  }
	| {readonly type: 'images/grouping-toggled'}
	| {readonly type: 'images/repository-folded'; readonly repository: string};
