import type {ListState, UiState} from '../model.ts';
import {type LastPlace, manifestKey, type RegistryPlace, repositoryKey} from '../views/registry.ts';

/** What the levels down to this place are about; those below it stay as they were. */
const placesOf = (place: RegistryPlace): LastPlace => {
	switch (place.level) {
		case 'registries':
			return {};
		case 'repositories':
			return {host: place.host};
		case 'tags':
			return {host: place.host, repository: repositoryKey(place.host, place.repository)};
		case 'manifest': {
			const {host, repository, reference} = place;
			return {
				host,
				repository: repositoryKey(host, repository),
				manifest: manifestKey(host, repository, reference),
			};
		}
	}
};

/** The lists of levels that are about something else now than when they were last seen begin anew. */
export const anewBelow = (
	ui: UiState,
	place: RegistryPlace,
	anew: (list: ListState) => ListState,
): UiState => {
	const {repositories, tags, manifest} = ui.lists;
	const now = placesOf(place);
	const last = ui.lastPlace ?? {};
	const isOther = (level: keyof LastPlace): boolean => now[level] !== undefined && now[level] !== last[level];
	const lists = {
		...ui.lists,
		...(isOther('host') && {repositories: anew(repositories)}),
		...(isOther('repository') && {tags: anew(tags)}),
		...(isOther('manifest') && {manifest: anew(manifest)}),
	};
	return {...ui, lists, lastPlace: {...last, ...now}};
};
