import type {DemoImageSettings} from '../contract.ts';

/** A layer: a real archive, and the sizes that the engine tells of it. */
export type DemoLayer = {
	/** `sha256:…` of the archive. */
	readonly diffId: string;
	/** `sha256:…` of the archive as a registry has it. */
	readonly blobDigest: string;
	readonly blobBytes: number;
	/** The archive, packed anew each time. */
	readonly tar: () => Iterable<Uint8Array>;
	readonly tarBytes: number;
	/** Unpacked, as lists and the history show it. */
	readonly sizeBytes: number;
	/** What a pull says it downloads. */
	readonly downloadBytes: number;
};

/** What a layer is in an image: above the same layers it is stored once. */
export type DemoStackedLayer = DemoLayer & {
	/** `sha256:…` of this layer and all below it; see the image specification, "Layer ChainID". */
	readonly chainId: string;
};

export type DemoHistoryStep = {
	readonly createdBy: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly comment: string;
	/** `undefined` for a step that changed the settings alone. */
	readonly layer: DemoStackedLayer | undefined;
};

export type DemoImage = {
	/** `sha256:…` of `configJson`. */
	readonly id: string;
	/** The configuration as it is stored: what makes the id. */
	readonly configJson: string;
	readonly createdAt: number;
	readonly settings: DemoImageSettings;
	/** Lowest first. */
	readonly layers: readonly DemoStackedLayer[];
	/** Oldest first. */
	readonly history: readonly DemoHistoryStep[];
	readonly sizeBytes: number;
	readonly platform: DemoPlatform;
};

export type DemoPlatform = {readonly os: string; readonly architecture: string; readonly variant?: string};

/** How an image is made. */
export type DemoImageRecipe = {
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly steps: readonly {
		readonly createdBy: string;
		readonly layer?: DemoLayer;
		/** Epoch milliseconds; absent: the image's. */
		readonly createdAt?: number;
		/** Absent: what BuildKit writes. */
		readonly comment?: string;
	}[];
	readonly settings: Partial<DemoImageSettings>;
	/** Of the configuration, as it is stored: what containers of the demo know nothing of. */
	readonly more?: Readonly<Record<string, unknown>>;
	/** Absent: linux/amd64. */
	readonly platform?: DemoPlatform;
};
