import type {PruneResult} from '../types.ts';
import {list, number, record, text, texts} from './read.ts';

/** `POST /containers/prune`: removed are container ids. */
export const decodeContainerPrune = (value: unknown): PruneResult => {
	const root = record(value);
	return {removed: texts(root.ContainersDeleted), reclaimedBytes: number(root.SpaceReclaimed)};
};

/** `POST /images/prune`: removed are tags, digests and ids, layers' too, in the engine's order. */
export const decodeImagePrune = (value: unknown): PruneResult => {
	const root = record(value);
	const {untagged, deleted} = decodeImageRemoval(list(root.ImagesDeleted));
	return {removed: [...untagged, ...deleted], reclaimedBytes: number(root.SpaceReclaimed)};
};

/** `DELETE /images/{name}`: `[{"Untagged": …} | {"Deleted": …}]`. */
export const decodeImageRemoval = (
	value: unknown,
): {readonly untagged: readonly string[]; readonly deleted: readonly string[]} => {
	const entries = list(value).map(record);
	const namesOf = (key: string) => entries.map(entry => text(entry[key])).filter(name => name !== '');
	return {untagged: namesOf('Untagged'), deleted: namesOf('Deleted')};
};
