import type {Image} from '../../engine/types.ts';
import {remoteReference} from '../../registry/reference.ts';
import type {RegistryHost} from '../../registry/types.ts';
import type {State} from '../model.ts';
import {repositoryKey} from '../views/registry.ts';
import {createSelector, withSameItems} from './memo.ts';

/** What this engine has of a repository. */
export type LocalRepository = {
	readonly host: RegistryHost;
	readonly repository: string;
	/** By tag. */
	readonly tags: ReadonlyMap<string, Image>;
	/** Tags of the images that are known by a digest; none of an image that only the digest names. */
	readonly byDigest: ReadonlyMap<string, readonly string[]>;
	/** By which digests of this repository an image is known. */
	readonly digestsOf: ReadonlyMap<Image['id'], readonly string[]>;
};

type Gathered = {
	readonly host: RegistryHost;
	readonly repository: string;
	readonly tags: Map<string, Image>;
	readonly byDigest: Map<string, string[]>;
	readonly digestsOf: Map<Image['id'], string[]>;
};

const gather = (byId: State['images']['byId']): ReadonlyMap<string, LocalRepository> => {
	const found = new Map<string, Gathered>();
	const at = (name: string): {readonly part: Gathered; readonly reference: string} | undefined => {
		const remote = remoteReference(name);
		if (remote === undefined) return undefined;
		const {host, repository, reference} = remote;
		const key = repositoryKey(host, repository);
		const part = found.get(key) ?? {
			host,
			repository,
			tags: new Map(),
			byDigest: new Map(),
			digestsOf: new Map(),
		};
		found.set(key, part);
		return {part, reference};
	};
	for (const image of byId.values()) {
		for (const name of image.tags) {
			const place = at(name);
			place?.part.tags.set(place.reference, image);
		}
		for (const name of image.digests) {
			const place = at(name);
			if (place === undefined) continue;
			const {digestsOf, byDigest} = place.part;
			digestsOf.set(image.id, [...(digestsOf.get(image.id) ?? []), place.reference]);
			byDigest.set(place.reference, []);
		}
	}
	for (const {tags, byDigest, digestsOf} of found.values())
		for (const [tag, image] of tags)
			for (const digest of digestsOf.get(image.id) ?? []) byDigest.get(digest)?.push(tag);
	return found;
};

/** What this engine has, by `repositoryKey`. */
export const selectLocal: (state: State) => ReadonlyMap<string, LocalRepository> = createSelector(
	(state: State) => [state.images.byId],
	gather,
);

/** The registries that the images of containers come from. */
export const selectContainerHosts: (state: State) => readonly RegistryHost[] = withSameItems(
	createSelector(
		(state: State) => [state.containers.byId],
		(byId: State['containers']['byId']): readonly RegistryHost[] => {
			const names = new Set([...byId.values()].map(({image}) => image));
			const hosts = [...names].flatMap(name =>
				/^(?:sha256:)?[\da-f]{12,64}$/.test(name) ? [] : (remoteReference(name)?.host ?? []),
			);
			return [...new Set(hosts)].toSorted();
		},
	),
);
