import type {Container, Image, ImageId} from '../../engine/types.ts';
import {repositoryOf} from '../../format/repository.ts';
import type {Amount} from '../../layers/sharing.ts';
import type {State} from '../model.ts';
import {isUp, selectUsers} from './containers.ts';
import {freedBytes, selectSharing} from './image-sharing.ts';
import type {ImageTarget} from './images.ts';

/** What removing some names does to one image. */
export type ImageRemoval = {
	readonly image: Image;
	/** Names that it keeps: tags, else digests of repositories that keep none. */
	readonly kept: readonly string[];
	/** Containers made from it; those that run hold it whatever is forced. */
	readonly users: readonly Container[];
};

const digestsKept = (image: Image, gone: readonly string[]): readonly string[] => {
	const repositories = new Set(gone.map(repositoryOf));
	return gone.length === 0 ? [] : image.digests.filter(digest => !repositories.has(repositoryOf(digest)));
};

/** Image by image, in the order of the rows. */
export const removalsOf = (state: State, targets: readonly ImageTarget[]): readonly ImageRemoval[] =>
	[...Map.groupBy(targets, ({image}) => image)].map(([image, rows]) => {
		const gone = rows.flatMap(({reference}) => reference ?? []);
		const tags = image.tags.filter(tag => !gone.includes(tag));
		return {
			image,
			kept: tags.length > 0 ? tags : digestsKept(image, gone),
			users: selectUsers(state).get(image.id) ?? [],
		};
	});

export const isGoing = ({kept}: ImageRemoval): boolean => kept.length === 0;

export const runningUsers = ({users}: ImageRemoval): readonly Container[] => users.filter(isUp);

/** What the images that go take with them; those that containers use stay, or are no less on the disk. */
export const removalFrees = (state: State, removals: readonly ImageRemoval[]): Amount =>
	freedBytes(
		state,
		removals.filter(removal => isGoing(removal) && removal.users.length === 0).map(({image}) => image.id),
	);

const nameOf = ({tags: [tag], id}: Image): string => tag ?? id.slice(7, 19);

/** Other images that have all layers of this one. */
export const builtOn = (state: State, id: ImageId): readonly string[] => {
	const others = new Set<string>(selectSharing(state).basedOn(id));
	if (others.size === 0) return [];
	return [...state.images.byId.values()].filter(image => others.has(image.id)).map(nameOf);
};
