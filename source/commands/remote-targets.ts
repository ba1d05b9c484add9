import {familiarName, familiarRepository} from '../registry/reference.ts';
import {isManifest, type ManifestRow} from '../resources/manifest.ts';
import type {State} from '../state/model.ts';
import {selectManifestRows} from '../state/selectors/manifest-rows.ts';
import {manifestView, openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey, targetsIn} from '../state/selectors/rows.ts';
import type {PullChoice} from '../state/views/image-jobs.ts';
import type {RegistryPlace} from '../state/views/registry.ts';

export type TagsPlace = Extract<RegistryPlace, {level: 'tags'}>;
export type ManifestPlace = Extract<RegistryPlace, {level: 'manifest'}>;

export const tagsPlace = (state: State): TagsPlace | undefined => {
	const place = openPlace(state);
	return place?.level === 'tags' ? place : undefined;
};

export const manifestPlace = (state: State): ManifestPlace | undefined => {
	const place = openPlace(state);
	return place?.level === 'manifest' ? place : undefined;
};

/** The tags that are marked, else the one under the cursor; none while no repository is open. */
export const chosenTags = (state: State): readonly string[] =>
	tagsPlace(state) === undefined ? [] : targetsIn(state, 'tags');

export const needsTag = (state: State): string | undefined =>
	chosenTags(state).length === 0 ? 'no tag is selected' : undefined;

/** Repositories as engines name them. */
export const chosenRepositories = (state: State): readonly string[] => {
	const place = openPlace(state);
	if (place?.level !== 'repositories') return [];
	return targetsIn(state, 'repositories').map(name => familiarRepository(place.host, name));
};

/** The row of a manifest under the cursor. */
export const manifestRow = (state: State): ManifestRow | undefined => {
	if (manifestPlace(state) === undefined) return undefined;
	const key = cursorRowKey(state, 'manifest');
	return selectManifestRows(state).find(row => row.key === key);
};

/** What can be pulled. */
export type RemoteImage = {readonly reference: string; readonly choice: PullChoice};

/**
 * Of the row under the cursor: a platform by the tag of its index, so that the image has a name here; another
 * manifest by its digest; of all else, what is open.
 */
export const manifestTarget = (state: State): RemoteImage | undefined => {
	const place = manifestPlace(state);
	if (place === undefined || manifestView(state)?.manifest === undefined) return undefined;
	const {host, repository, reference} = place;
	const row = manifestRow(state);
	const named = familiarName(host, repository, reference);
	if (row?.kind === 'platform') return {reference: named, choice: {platform: row.value}};
	if (row?.digest !== undefined && isManifest(row))
		return {reference: familiarName(host, repository, row.digest), choice: {}};
	return {reference: named, choice: {}};
};

export const needsManifest = (state: State): string | undefined =>
	manifestTarget(state) === undefined ? 'no manifest was read' : undefined;

/** What `y` copies: of a manifest its name in the registry, of a layer its digest, of all else its text. */
export const copiedOfManifest = (state: State): string | undefined => {
	const place = manifestPlace(state);
	const row = manifestRow(state);
	if (place === undefined || row === undefined) return undefined;
	const {host, repository} = place;
	if (isManifest(row)) return familiarName(host, repository, row.digest ?? '');
	if (row.key === 'fact:digest') return familiarName(host, repository, row.value);
	return row.kind === 'layer' ? row.digest : row.value;
};
