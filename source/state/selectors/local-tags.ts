import type {Image} from '../../engine/types.ts';
import {type RemoteReference, remoteReference} from '../../registry/reference.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

/** The whole name of a tag, under which everybody knows it. */
export const wholeName = ({host, repository, reference}: RemoteReference): string =>
	`${host}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;

export const isDigest = ({reference}: RemoteReference): boolean => reference.includes(':');

/** The images here by the whole names of their tags. */
export const selectByTag: (state: State) => ReadonlyMap<string, Image> = createSelector(
	(state: State) => [state.images.byId],
	byId => {
		const named = new Map<string, Image>();
		for (const image of byId.values())
			for (const tag of image.tags) {
				const remote = remoteReference(tag);
				if (remote !== undefined) named.set(wholeName(remote), image);
			}
		return named;
	},
);

/** The digests by which a repository knows an image; of another repository it may have others. */
export const digestsIn = (image: Image, {host, repository}: RemoteReference): readonly string[] =>
	image.digests.flatMap(text => {
		const remote = remoteReference(text);
		return remote?.host === host && remote.repository === repository ? [remote.reference] : [];
	});

/** Whether its registry ever had it: Podman calls `localhost` what was built here. */
export const isFromRegistry = (image: Image, remote: RemoteReference): boolean =>
	remote.host !== 'localhost' && digestsIn(image, remote).length > 0;

/** Without the repositories that know them. */
export const allDigests = (image: Image): readonly string[] =>
	image.digests.map(text => text.slice(text.lastIndexOf('@') + 1));
