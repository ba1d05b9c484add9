import type {ImageConfig} from '../../layers/types.ts';
import type {Loading} from '../loading.ts';

/** What the screen of an image knows of it. */
export type ImageView = {
	readonly imageId: string;
	/** The name by which it was opened. */
	readonly title: string;
	readonly loading: Loading;
	/** Absent until it was loaded. */
	readonly config?: ImageConfig;
};

export type ImageMessage = {
	readonly type: 'image/loaded';
	readonly imageId: string;
	readonly config: ImageConfig;
};
