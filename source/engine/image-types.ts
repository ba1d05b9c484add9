/** What `GET /images/{id}/history` tells of one instruction. */
export type HistoryItem = {
	/** Epoch ms. */
	readonly createdAt: number;
	readonly createdBy: string;
	/** What the layer takes; 0 also of a layer that only removes. */
	readonly sizeBytes: number;
	readonly comment: string;
	readonly tags: readonly string[];
	/** `<missing>` where the engine keeps no image of this step. */
	readonly id: string;
};

export type {ImageConfig} from '../layers/types.ts';
