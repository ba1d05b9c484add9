import {
	type ManifestView,
	type PagedList,
	type RegistryListKey,
	type RegistryPlace,
	type RegistryView,
	type RepositoryView,
	repositoryKey,
} from '../views/registry.ts';

/** Of how many repositories and manifests it is known what was read. */
const keptCount = 40;

/** A map with this entry at its end. @param most of which the oldest go */
export const kept = <Value>(
	map: ReadonlyMap<string, Value>,
	key: string,
	value: Value,
	most = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, Value> => {
	const next = new Map(map);
	next.delete(key);
	next.set(key, value);
	for (const oldest of next.keys()) {
		if (next.size <= most) break;
		next.delete(oldest);
	}
	return next;
};

export const keptRepositories = (
	map: ReadonlyMap<string, RepositoryView>,
	key: string,
	value: RepositoryView,
): ReadonlyMap<string, RepositoryView> => kept(map, key, value, keptCount);

export const keptManifests = (
	map: ReadonlyMap<string, ManifestView>,
	key: string,
	value: ManifestView,
): ReadonlyMap<string, ManifestView> => kept(map, key, value, keptCount);

/** The list that a place shows, where it comes page by page. */
export const listKeyOf = (place: RegistryPlace): RegistryListKey | undefined => {
	switch (place.level) {
		case 'repositories':
			return {kind: 'catalog', host: place.host};
		case 'tags':
			return {kind: 'tags', host: place.host, repository: place.repository};
		case 'registries':
		case 'manifest':
			return undefined;
	}
};

/** @param key absent: of the place where the screen stands */
export const listOf = (view: RegistryView, key = listKeyOf(view.place)): PagedList | undefined => {
	if (key === undefined) return undefined;
	return key.kind === 'catalog'
		? view.catalogs.get(key.host)
		: view.repositories.get(repositoryKey(key.host, key.repository))?.tags;
};

/** @param key as above */
export const withList = (view: RegistryView, list: PagedList, key = listKeyOf(view.place)): RegistryView => {
	if (key === undefined) return view;
	if (key.kind === 'catalog') return {...view, catalogs: new Map(view.catalogs).set(key.host, list)};
	const name = repositoryKey(key.host, key.repository);
	const known = view.repositories.get(name);
	if (known === undefined) return view;
	return {...view, repositories: new Map(view.repositories).set(name, {...known, tags: list})};
};
