import type {State} from '../model.ts';
import {
	type ManifestView,
	manifestKey,
	type RegistryPlace,
	type RepositoryView,
	repositoryKey,
} from '../views/registry.ts';

/** Where the registry screen stands; nothing while it is closed. */
export const openPlace = ({ui: {screen}}: State): RegistryPlace | undefined =>
	screen.kind === 'registry' ? screen.place : undefined;

type Repository = {readonly host: string; readonly repository: string};

/** The repository that is open, also while one of its manifests is read. */
export const openRepository = (state: State): Repository | undefined => {
	const place = openPlace(state);
	return place?.level === 'tags' || place?.level === 'manifest' ? place : undefined;
};

export const repositoryView = (state: State): RepositoryView | undefined => {
	const place = openRepository(state);
	return place && state.registry?.repositories.get(repositoryKey(place.host, place.repository));
};

export const manifestView = (state: State): ManifestView | undefined => {
	const place = openPlace(state);
	if (place?.level !== 'manifest') return undefined;
	return state.registry?.manifests.get(manifestKey(place.host, place.repository, place.reference));
};
