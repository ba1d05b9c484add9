import type {Container, Image} from '../../engine/types.ts';
import {tagKey} from '../../resources/image-row.ts';
import type {State} from '../model.ts';
import {selectUsers} from './containers.ts';
import {targetsIn} from './rows.ts';

/** One row of the image list, as commands work on it. */
export type ImageTarget = {
	/** `rowId` of the image list: the id, a space, the tag. */
	readonly key: string;
	readonly image: Image;
	/** Absent for a dangling image. */
	readonly reference?: string;
	/** The containers made from the image, by name. */
	readonly users: readonly Container[];
	readonly usedBy: readonly string[];
};

const separator = ' ';

const targetOf = (state: State, key: string): ImageTarget | undefined => {
	const at = key.indexOf(separator);
	const id = key.slice(0, at);
	const reference = key.slice(at + 1);
	const byKey: ReadonlyMap<string, Image> = state.images.byId;
	const image = byKey.get(id);
	if (image === undefined) return undefined;
	const users = selectUsers(state).get(image.id) ?? [];
	const target = {key, image, users, usedBy: users.map(({name}) => name)};
	return reference === '' ? target : {...target, reference};
};

/** The image whose screen is open, by the name it was opened by, or one that it has now. */
const openKeys = ({ui: {screen}, image, images}: State): readonly string[] => {
	// The list hears of it a little later.
	if (screen.kind !== 'image' || image?.departure !== undefined) return [];
	const tags = images.byId.get(screen.imageId)?.tags ?? [];
	const name = tags.find(tag => tag === image?.title) ?? tags[0];
	return [tagKey(screen.imageId, name)];
};

/** The chosen images, on an image's screen that one, or those of the keys given; rows that are gone are left out. */
export const imageTargets = (
	state: State,
	keys: readonly string[] = state.ui.screen.kind === 'image' ? openKeys(state) : targetsIn(state, 'images'),
): readonly ImageTarget[] => keys.flatMap(key => targetOf(state, key) ?? []);

/** Why there is no image to work on. */
export const noImageReason = ({ui: {screen}}: State): string =>
	screen.kind === 'image' ? 'the image was removed' : 'no image is selected';

/** What the engine would prune. `dangling`: no name, no container; `unused`: no container. */
export const prunable = (state: State, which: 'dangling' | 'unused'): readonly Image[] => {
	const users = selectUsers(state);
	return [...state.images.byId.values()].filter(
		image => !users.has(image.id) && (which === 'unused' || image.tags.length === 0),
	);
};

/** The image that carries this reference (`repository:tag`). Docker Hub's prefix may be left out. */
export const findNamed = (images: Iterable<Image>, reference: string): Image | undefined => {
	const short = reference.replace(/^(docker\.io|index\.docker\.io)\/(library\/)?/, '');
	return [...images].find(
		image =>
			image.tags.includes(reference) || image.tags.includes(short) || image.digests.includes(reference),
	);
};

/** Likewise, of those that are here. */
export const imageNamed = (state: State, reference: string): Image | undefined =>
	findNamed(state.images.byId.values(), reference);
