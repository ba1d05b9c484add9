import type {ImageConfig} from '../layers/types.ts';

export type {ImageConfig} from '../layers/types.ts';

/** What `GET /images/{id}/json` tells of an image: its configuration (the history in it is empty) and how it is stored. */
export type ImageFacts = ImageConfig & {
	/** `sha256:…`: of the configuration, with the containerd store of the manifest. */
	readonly id: string;
	/** As in the list, without `<none>`. */
	readonly tags: readonly string[];
	readonly digests: readonly string[];
	/** All layers together; with the containerd store what came over the network counts too. */
	readonly sizeBytes: number;
	/** The image it was built on by the classic builder; empty where nobody knows. */
	readonly parentId: string;
	readonly comment: string;
	/** Version of the engine that made it; empty where nobody says. */
	readonly builtWith: string;
	/** What stores its layers, e.g. `overlay2`, `overlayfs`. */
	readonly storageDriver: string;
	/** Epoch ms: when it was given a name here last. */
	readonly lastTaggedAt?: number;
};

/** What `GET /images/{id}/history` tells of one instruction. */
export type HistoryItem = {
	/** Epoch ms; 0 where nobody says. */
	readonly createdAt: number;
	readonly createdBy: string;
	/** What the layer takes; 0 also of a layer that only removes. */
	readonly sizeBytes: number;
	readonly comment: string;
	readonly tags: readonly string[];
	/** `<missing>` where the engine keeps no image of this step. */
	readonly id: string;
};
