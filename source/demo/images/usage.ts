import type {ImageStore, StoredImage} from './image-store.ts';
import type {DemoImage} from './image-types.ts';
import type {ImageParts} from './parts.ts';

/** Bytes of the layers that other images stand on too. */
export const sharedBytesOf = (store: ImageStore, image: DemoImage): number =>
	image.layers.reduce((sum, layer) => (store.usersOf(layer.chainId) > 1 ? sum + layer.sizeBytes : sum), 0);

/** How a list is asked for. */
export type SummaryOptions = {
	/** The shape follows the version: see the version history of the Engine API. */
	readonly apiMinor: number;
	readonly isSharedAsked: boolean;
};

/** An entry of `GET /images/json`. */
export const summaryOf = (
	{store, containersOf}: Pick<ImageParts, 'store' | 'containersOf'>,
	stored: StoredImage,
	{apiMinor, isSharedAsked}: SummaryOptions,
): Readonly<Record<string, unknown>> => {
	const {image} = stored;
	return {
		Containers: apiMinor < 51 ? -1 : containersOf(image.id).length,
		Created: Math.floor(image.createdAt / 1000),
		Id: image.id,
		Labels: Object.keys(image.settings.labels).length > 0 ? image.settings.labels : null,
		ParentId: '',
		...namesOf(stored, apiMinor),
		SharedSize: isSharedAsked && apiMinor >= 42 ? sharedBytesOf(store, image) : -1,
		Size: image.sizeBytes,
		...(apiMinor < 44 && {VirtualSize: image.sizeBytes}),
	};
};

/** Before API 1.43 an image without a name is called so. */
const namesOf = ({tags, digests}: StoredImage, apiMinor: number) =>
	apiMinor < 43 && tags.length + digests.length === 0
		? {RepoDigests: ['<none>@<none>'], RepoTags: ['<none>:<none>']}
		: {RepoDigests: digests, RepoTags: tags};

/** Newest first, as every list of the engine. */
export const newestFirst = (images: readonly StoredImage[]): readonly StoredImage[] =>
	[...images].sort((one, other) => other.image.createdAt - one.image.createdAt);
