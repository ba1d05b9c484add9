import type {Image} from '../../engine/types.ts';
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
	/** Names of the containers made from the image. */
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
	const usedBy = (selectUsers(state).get(image.id) ?? []).map(container => container.name);
	return reference === '' ? {key, image, usedBy} : {key, image, reference, usedBy};
};

/** The chosen images, or those of the keys given; rows that are gone are left out. */
export const imageTargets = (
	state: State,
	keys: readonly string[] = targetsIn(state, 'images'),
): readonly ImageTarget[] => keys.flatMap(key => targetOf(state, key) ?? []);

/** What the engine would prune. `dangling`: no name, no container; `unused`: no container. */
export const prunable = (state: State, which: 'dangling' | 'unused'): readonly Image[] => {
	const users = selectUsers(state);
	return [...state.images.byId.values()].filter(
		image => !users.has(image.id) && (which === 'unused' || image.tags.length === 0),
	);
};

/** The image that carries this reference (`repository:tag`), when it is here. Docker Hub's prefix may be left out. */
export const imageNamed = (state: State, reference: string): Image | undefined => {
	const short = reference.replace(/^(docker\.io|index\.docker\.io)\/(library\/)?/, '');
	return [...state.images.byId.values()].find(
		image =>
			image.tags.includes(reference) || image.tags.includes(short) || image.digests.includes(reference),
	);
};
